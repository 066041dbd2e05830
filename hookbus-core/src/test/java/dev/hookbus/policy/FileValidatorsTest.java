package dev.hookbus.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.policy.Action.FileAccess;
import dev.hookbus.policy.Action.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileValidatorsTest {

  @TempDir Path project;
  private Place place;

  @BeforeEach
  void place() throws IOException {
    place = new Place(project, project, project.resolve("home"));
    Files.createDirectories(project.resolve("src/deep"));
  }

  private static Decision decision(Validator validator, Action action) throws Exception {
    return validator.check(action).decision();
  }

  private FileAccess write(String path) {
    return new FileAccess("Write", path, FileMode.WRITE, place);
  }

  private FileAccess read(String path) {
    return new FileAccess("Read", path, FileMode.READ, place);
  }

  /** All decisions about a command, as a policy with this one validator makes them. */
  private Decision ofCommand(Validator validator, String line) {
    return Policy.builder()
        .failOpen("it", validator)
        .build()
        .check(Action.command("Bash", line, place))
        .decision();
  }

  @Test
  void rootFiles_areThoseOfTheList() throws Exception {
    Validator roots = Validators.rootFiles(Set.of("README.md"));
    for (String allowed :
        List.of(
            "README.md",
            "./README.md",
            "src/x.txt",
            "src/../README.md",
            project + "/README.md",
            "/elsewhere/x.txt")) {
      assertThat(decision(roots, write(allowed))).as(allowed).isEqualTo(Decision.ALLOW);
    }
    for (String denied :
        List.of(
            "x.txt",
            "./x.txt",
            "src/../x.txt",
            "src/deep/../../x.txt",
            project + "//x.txt",
            "README.md.bak",
            "readme.md",
            "x\0.txt")) {
      assertThat(decision(roots, write(denied))).as(denied).isEqualTo(Decision.DENY);
    }
    assertThat(decision(roots, read("x.txt"))).isEqualTo(Decision.ALLOW);
  }

  @Test
  void linksIntoTheRoot_areFollowed() throws Exception {
    Validator roots = Validators.rootFiles(Set.of("README.md"));
    Files.createSymbolicLink(project.resolve("src/up"), project);
    Files.createSymbolicLink(project.resolve("src/dangling"), project.resolve("new.txt"));
    Files.createSymbolicLink(project.resolve("src/inner"), project.resolve("src/deep"));
    assertThat(decision(roots, write("src/up/x.txt"))).isEqualTo(Decision.DENY);
    assertThat(decision(roots, write("src/dangling"))).isEqualTo(Decision.DENY);
    // Behind a link, .. is the parent of its target.
    assertThat(decision(roots, write("src/inner/../../x.txt"))).isEqualTo(Decision.DENY);
    assertThat(decision(roots, write("src/up/src/x.txt"))).isEqualTo(Decision.ALLOW);
  }

  @Test
  void writesInsideCommands_areWrites() {
    Validator roots = Validators.rootFiles(Set.of("README.md"));
    for (String line :
        List.of(
            "echo a > x.txt",
            "echo a >> x.txt",
            "echo a >| x.txt",
            "make &> x.txt",
            "make 2>x.txt",
            "cat <<E >x.txt\na\nE",
            "echo a | tee x.txt",
            "echo a | sudo tee -a x.txt",
            "cp README.md x.txt",
            "cp src/deep/y.txt .",
            "mv src/a.txt x.txt",
            "cp -t . src/y.txt",
            "install src/a x.txt",
            "touch x.txt",
            "sed -i s/a/b/ x.txt",
            "dd if=/dev/null of=x.txt",
            "curl -o x.txt http://example.com",
            "cd src && echo a > ../x.txt",
            "(cd src; cd ..; echo a > x.txt)",
            "sh -c 'echo a > x.txt'",
            "if true; then :; fi > x.txt",
            "ln -s README.md x.txt",
            "exec > x.txt",
            "> x.txt",
            "echo a > {x,y}.txt")) {
      assertThat(ofCommand(roots, line)).as(line).isEqualTo(Decision.DENY);
    }
    for (String line :
        List.of(
            "echo a > README.md",
            "echo a > src/x.txt",
            "cd src && echo a > x.txt",
            "echo 'a > x.txt'",
            "echo a 2>&1",
            "cat < x.txt",
            "cp x.txt src/",
            "rm x.txt",
            "[[ a > x.txt ]]",
            "echo a > $UNKNOWN",
            "echo a >/dev/null",
            "(( a > b ))",
            "ssh host 'echo a > x.txt'")) {
      assertThat(ofCommand(roots, line)).as(line).isEqualTo(Decision.ALLOW);
    }
  }

  @Test
  void envFiles_areClosed() throws Exception {
    Validator env = Validators.envFiles(List.of());
    Files.writeString(project.resolve(".env"), "A=1");
    Files.createSymbolicLink(project.resolve("notes.txt"), project.resolve(".env"));
    for (String denied :
        List.of(
            ".env",
            "src/.env",
            ".env.local",
            ".env.production",
            ".envrc",
            ".ENV",
            ".env.",
            ".env ",
            ".env::$DATA",
            "./src/../.env",
            "notes.txt",
            ".env\0.example")) {
      assertThat(decision(env, read(denied))).as(denied).isEqualTo(Decision.DENY);
      assertThat(decision(env, write(denied))).as(denied).isEqualTo(Decision.DENY);
    }
    for (String allowed :
        List.of(
            ".env.example",
            ".env.sample",
            ".env.template",
            ".env.default",
            ".env.dist",
            "env",
            "src/environment.ts",
            "x.env")) {
      assertThat(decision(env, read(allowed))).as(allowed).isEqualTo(Decision.ALLOW);
    }
    for (String line :
        List.of(
            "cat .env",
            "cat .e*",
            "cat ./.en?",
            "grep KEY .env",
            "source .env",
            ". ./.env",
            "cp .env /tmp/x",
            "base64 < .env",
            "rm .env",
            "mv .env x",
            "echo A=2 >> .env",
            "cat .{env,x}",
            "F=.env; cat $F",
            "head -n 1 \"$PWD/.env\"",
            "cat notes.txt")) {
      assertThat(ofCommand(env, line)).as(line).isEqualTo(Decision.DENY);
    }
    for (String line :
        List.of(
            "cat .env.example",
            "echo .env >> .gitignore",
            "git status",
            "grep .env src/x",
            "ls -la",
            "echo 'cat .env'")) {
      assertThat(ofCommand(env, line)).as(line).isEqualTo(Decision.ALLOW);
    }
  }

  @Test
  void envFiles_mayBeWrittenWhereTheListSays() throws Exception {
    Validator env = Validators.envFiles(List.of(".", "src"));
    assertThat(decision(env, write(".env"))).isEqualTo(Decision.ALLOW);
    assertThat(decision(env, write("src/.env.local"))).isEqualTo(Decision.ALLOW);
    assertThat(decision(env, write("src/deep/.env"))).isEqualTo(Decision.DENY);
    assertThat(decision(env, read(".env"))).isEqualTo(Decision.DENY);
  }

  @Test
  void tests_stayWhereTestsBelong() throws Exception {
    Validator tests = Validators.testPaths(List.of("src/deep", "tests"));
    for (String denied :
        List.of(
            "src/a.test.ts",
            "a.spec.js",
            "src/test_a.py",
            "a_test.go",
            "src/testing.py",
            "src/deep/../b.test.ts")) {
      assertThat(decision(tests, write(denied))).as(denied).isEqualTo(Decision.DENY);
    }
    for (String allowed :
        List.of(
            "tests/a.test.ts",
            "src/deep/x/a_test.go",
            "scripts/test_a.py",
            ".github/a.test.ts",
            "src/contest.ts",
            "src/Test.java",
            "src/latest.txt",
            "/elsewhere/a.test.ts")) {
      assertThat(decision(tests, write(allowed))).as(allowed).isEqualTo(Decision.ALLOW);
    }
  }

  @Test
  void untouchable_isNeitherChangedNorRemovedNorItsParents() throws Exception {
    Path config = Files.createDirectories(project.resolve(".claude/hooks"));
    Validator untouchable = Validators.untouchable(List.of(config));
    assertThat(decision(untouchable, write(".claude/hooks/x"))).isEqualTo(Decision.DENY);
    assertThat(decision(untouchable, read(".claude/hooks/x"))).isEqualTo(Decision.ALLOW);
    assertThat(ofCommand(untouchable, "rm -r .claude")).isEqualTo(Decision.DENY);
    assertThat(ofCommand(untouchable, "mv .claude/hooks /tmp/x")).isEqualTo(Decision.DENY);
    assertThat(ofCommand(untouchable, "echo > .claude/other")).isEqualTo(Decision.ALLOW);
  }

  @Test
  void toolCalls_becomeTheirActions() {
    assertThat(Action.ofTool("Write", name -> name.equals("file_path") ? "a" : null, place))
        .containsExactly(new FileAccess("Write", "a", FileMode.WRITE, place));
    assertThat(Action.ofTool("NotebookEdit", name -> "n.ipynb", place))
        .containsExactly(new FileAccess("NotebookEdit", "n.ipynb", FileMode.WRITE, place));
    assertThat(Action.ofTool("Read", name -> name.equals("file_path") ? "a" : null, place))
        .containsExactly(new FileAccess("Read", "a", FileMode.READ, place));
    assertThat(
            Action.ofTool(
                "mcp__files__write_file", name -> name.equals("path") ? "a" : null, place))
        .containsExactly(new FileAccess("mcp__files__write_file", "a", FileMode.WRITE, place));
    assertThat(
            Action.ofTool(
                "apply_patch",
                name ->
                    name.equals("command")
                        ? "*** Begin Patch\n*** Update File: a.txt\n@@\n*** Delete File: b\n*** End"
                        : null,
                place))
        .containsExactly(
            new FileAccess("apply_patch", "a.txt", FileMode.WRITE, place),
            new FileAccess("apply_patch", "b", FileMode.DELETE, place));
    assertThat(Action.ofTool("WebSearch", name -> "x", place)).isEmpty();
    assertThat(Action.ofTool("Bash", name -> null, place)).isEmpty();
  }
}
