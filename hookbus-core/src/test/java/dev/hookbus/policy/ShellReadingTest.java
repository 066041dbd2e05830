package dev.hookbus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookbus.policy.ShellScript.Pipeline;
import dev.hookbus.policy.ShellScript.Simple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The splitter beside a real shell, and against whatever may come. */
class ShellReadingTest {

  private static final Place PLACE =
      new Place(Path.of("/work/shop"), Path.of("/work/shop"), Path.of("/home/ann"));

  private static final List<String> PIECES =
      List.of(
          "a",
          "bc",
          "-x",
          "/",
          ".",
          "'s q'",
          "''",
          "\"d q\"",
          "\"\"",
          "\\ ",
          "\\\\",
          "\\'",
          "'\"'",
          "\"'\"",
          "$'a\\tb\\x41\\101'",
          "\"$KNOWN\"",
          "${KNOWN}",
          "\"${KNOWN:-no}\"",
          "${MISSING:-def ault}",
          "\"${MISSING-d}\"",
          "{p,q}",
          "{p,{q,r}}",
          "{p}",
          "'{p,q}'",
          "~/x",
          "\"~\"",
          "=",
          ":",
          "#",
          "\\\n",
          "\"\\$x\\`\\q\"",
          "$\"loc\"",
          "é",
          "%",
          "+");

  /** A line whose words a real shell splits too: pieces glued or apart, by one seed. */
  private static String line(Random random) {
    StringBuilder line = new StringBuilder("p");
    int pieces = 1 + random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      line.append(i == 0 || random.nextInt(3) == 0 ? " " : "");
      line.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return line.toString();
  }

  @Test
  void words_areThoseOfBash(@TempDir Path directory) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash to compare with");
    Random random = new Random(20261127);
    List<String> lines = new ArrayList<>();
    StringBuilder script =
        new StringBuilder(
            "set -f\nHOME=/home/ann\nKNOWN='k  v'\np() { for w; do echo -n \"<$w>\"; done; echo; }\n");
    for (int i = 0; i < 1_500; i++) {
      lines.add(line(random));
      script.append(lines.get(i)).append('\n');
      script.append("printf '\\0'\n");
    }
    Path file = Files.writeString(directory.resolve("lines.sh"), script);
    List<String> expected = outputsOf(file);

    ShellContext context = ShellContext.of(PLACE);
    context.assign("KNOWN", "k  v");
    for (int i = 0; i < lines.size(); i++) {
      assertThat(printed(lines.get(i), context.copy()))
          .as("line %d: %s", i, lines.get(i))
          .isEqualTo(expected.get(i));
    }
  }

  private static List<String> outputsOf(Path script) throws IOException {
    ProcessBuilder bash = new ProcessBuilder("/bin/bash", script.toString());
    bash.environment().put("LC_ALL", "C.UTF-8");
    bash.environment().remove("MISSING");
    bash.redirectError(ProcessBuilder.Redirect.DISCARD);
    String all = new String(bash.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return List.of(all.split("\0", -1));
  }

  private static String printed(String line, ShellContext context) {
    Simple simple = ShellParser.parse(line, context).pipelines().get(0).elements().get(0).get(0);
    StringBuilder printed = new StringBuilder();
    for (ShellWord word : simple.words().subList(1, simple.words().size())) {
      printed.append('<').append(word.text()).append('>');
    }
    return printed.append('\n').toString();
  }

  @Provide
  Arbitrary<String> scripts() {
    return Arbitraries.of(
            "rm",
            " ",
            "-rf",
            "/",
            "'",
            "\"",
            "\\",
            "$",
            "(",
            ")",
            "{",
            "}",
            "`",
            "<",
            ">",
            "<<",
            "EOF",
            "\n",
            ";",
            "&",
            "|",
            "if",
            "then",
            "fi",
            "for",
            "x",
            "in",
            "do",
            "done",
            "case",
            "esac",
            "[[",
            "]]",
            "((",
            "))",
            "$((",
            "${",
            ":-",
            "=",
            "*",
            "~",
            "#",
            "sh",
            "-c",
            "eval",
            "sudo",
            "xargs",
            "echo",
            "find",
            "-exec",
            "\0",
            "é",
            "\t",
            "function",
            "!",
            "env",
            "cd")
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 3_000, seed = "20261127")
  void anyText_isReadToItsEnd(@ForAll("scripts") String text) {
    Verdict verdict =
        Policy.builder()
            .failOpen("commands", Validators.commands())
            .failOpen("env", Validators.envFiles(List.of()))
            .failOpen("roots", Validators.rootFiles(java.util.Set.of("a")))
            .build()
            .check(Action.command("Bash", text, PLACE));

    assertThat(verdict.failures()).isEmpty();
  }

  /** What stands before it, closed or not in a way of its own, does not hide a command. */
  @Property(tries = 1_000, seed = "20261127")
  void commandBehindACompleteOne_isSeen(@ForAll("complete") String before) throws Exception {
    Action.Command command = Action.command("Bash", before + "\nrm -rf /", PLACE);
    assertThat(Validators.commands().check(command).decision()).isEqualTo(Decision.DENY);
  }

  @Provide
  Arbitrary<String> complete() {
    return Arbitraries.of(
            "echo a; ",
            "x='q\"q'; ",
            "echo \"$(echo ')')\"; ",
            "cat <<E\nrm (\"'\nE\n",
            "if true; then echo; fi; ",
            "for i in 1 2; do :; done; ",
            "case a in a) :;; esac; ",
            "echo $((1+(2))); ",
            "(echo a | cat) && ",
            "f() { :; }; ",
            "echo ${a:-\"}\"}; ",
            "[[ a =~ (b|c) ]]; ",
            "a=(1 2); ",
            "echo `echo \\`echo\\``; ",
            "# it's a comment\n",
            "echo \\\n a; ",
            "cat <<-'E' <<F\n\tx\n\tE\ny\nF\n",
            "{ :; } 2>&1; ",
            "echo $'it\\'s'; ",
            "while false; do :; done < x; ",
            "echo a#b 'c' #d\n",
            "! true; ",
            "((i++)); ")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Test
  void megabytesOfAnything_areReadInOneGo() {
    for (String unit :
        List.of(
            "{", "${", "$(", "(", "((", "'", "`", "<<a ", "a;", "{a,", "$((", "\\", "[[ ", "a=(")) {
      Action.Command command = Action.command("Bash", unit.repeat(300_000), PLACE);
      assertThat(FileEffects.of(command)).as(unit).isNotNull();
    }
    String content = "cat > src/A.txt <<'E'\n" + "line with 'quotes\n".repeat(100_000) + "E\n";
    assertThat(FileEffects.of(Action.command("Bash", content, PLACE)))
        .extracting(Action.FileAccess::path)
        .containsExactly("/work/shop/src/A.txt");
  }

  @Test
  void pipelines_keepTheirElements() {
    ShellScript script = ShellParser.parse("a | (b; c) |& d && e", ShellContext.of(PLACE));
    List<Pipeline> pipelines = script.pipelines();
    assertThat(pipelines).extracting(pipeline -> pipeline.elements().size()).contains(3);
  }
}
