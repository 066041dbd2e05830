package dev.hookbus.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.launch.Commands.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchersTest {

  private static final byte[] NOTHING = {};

  @TempDir Path temp;
  private Path jar;
  private Launchers launchers;

  @BeforeEach
  void install() throws IOException {
    jar = Commands.jar(temp.resolve("echo.jar"), Echo.class);
    launchers = Launchers.in(temp.resolve("hooks of 'Zoë' $HOME"));
  }

  /** Says what it was given: arguments, variables, directory, and then its stdin. */
  static final class Echo {
    private Echo() {}

    public static void main(String[] args) throws IOException {
      PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
      out.println(String.join("|", args));
      for (String name : List.of("A", "B", "C", "D", "E", "F", "name")) {
        out.println(name + "=" + System.getenv(name));
      }
      out.println(Path.of("").toAbsolutePath().getFileName());
      System.in.transferTo(out);
      out.flush();
      System.exit(args.length > 0 && args[0].equals("exit") ? 7 : 0);
    }
  }

  private Launcher echo() {
    return Launcher.of("echo", Echo.class.getName(), List.of(jar));
  }

  private Outcome run(Path command, Map<String, String> environment, byte[] stdin, String... args)
      throws Exception {
    List<String> words = new java.util.ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(args));
    Path elsewhere = Files.createDirectories(temp.resolve("else where"));
    return Commands.run(words, elsewhere, environment, stdin);
  }

  @Test
  void command_handsOnStdinArgumentsDirectoryAndExitCode_withoutLocale() throws Exception {
    Path command = launchers.write(echo().withArguments(List.of("exit", "it's", "$HOME", "*")));
    byte[] stdin = "{\"a\":\"ü\0\\\"}\n".getBytes(StandardCharsets.UTF_8);

    Outcome outcome = run(command, Map.of(), stdin, "last one");

    assertThat(outcome.out())
        .startsWith("exit|it's|$HOME|*|last one\n")
        .endsWith("else where\n{\"a\":\"ü\0\\\"}\n");
    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.exit()).isEqualTo(7);
  }

  @Test
  void environmentFile_isReadAndNeverRun() throws Exception {
    Path file = temp.resolve(".env");
    Files.writeString(
        file,
        """
        # a comment
        A=$(touch %1$s/pwned) `touch %1$s/pwned`
        export B="with blanks; and 'quotes'"
        C='single'\r
        D=from the file
        not a variable
        E F=skipped
        x;touch %1$s/pwned=1
        E=a=b
        name=inherits nothing
        F=last without a line end"""
            .formatted(temp));
    Path command = launchers.write(echo().withEnvironmentFile(file));

    Outcome outcome = run(command, Map.of("D", "from the host"), NOTHING);

    assertThat(outcome.out())
        .contains(
            "A=$(touch " + temp + "/pwned) `touch " + temp + "/pwned`\n",
            "B=with blanks; and 'quotes'\n",
            "C=single\n",
            "D=from the host\n",
            "E=a=b\n",
            "F=last without a line end\n",
            "name=inherits nothing\n");
    assertThat(temp.resolve("pwned")).doesNotExist();
    assertThat(outcome.stderr()).isEmpty();
  }

  @Test
  void missingEnvironmentFile_isNoFailure() throws Exception {
    Path command = launchers.write(echo().withEnvironmentFile(temp.resolve("none")));

    Outcome outcome = run(command, Map.of("name", "kept"), NOTHING);

    assertThat(outcome.out()).contains("A=null\n", "name=kept\n");
    assertThat(outcome.stderr()).isEmpty();
  }

  @Test
  void libraries_areCopied_applicationsAreReadInPlace() throws Exception {
    Path command = launchers.write(echo());
    Path inPlace =
        launchers.write(
            new Launcher(
                "in-place",
                Echo.class.getName(),
                List.of(),
                List.of(jar),
                List.of(),
                null,
                false,
                null,
                null));
    Files.delete(jar);

    assertThat(run(command, Map.of(), NOTHING).exit()).isZero();
    assertThat(run(inPlace, Map.of(), NOTHING).exit()).isEqualTo(1);
  }

  @Test
  void javaThatIsGone_isReplacedByAnother_orBlocksWhereAsked() throws Exception {
    Path home = Files.createDirectories(temp.resolve("jdk/bin")).getParent();
    Files.createFile(
        home.resolve("bin/java"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    Launchers ofThatJava = launchers.withJava(home);
    Path open = ofThatJava.write(echo());
    Path closed =
        ofThatJava.write(Launcher.of("gate", Echo.class.getName(), List.of(jar)).withFailClosed());
    Files.delete(home.resolve("bin/java"));

    Map<String, String> other = Map.of("JAVA_HOME", System.getProperty("java.home"));
    assertThat(run(open, other, NOTHING).exit()).isZero();
    assertThat(run(open, Map.of("PATH", "/none"), NOTHING).exit()).isEqualTo(127);
    Outcome blocked = run(closed, Map.of("PATH", "/none"), NOTHING);
    assertThat(blocked.exit()).isEqualTo(2);
    assertThat(blocked.stderr()).isEqualTo("gate: no Java found; install it again\n");
  }

  @Test
  void write_replacesAndRemoveRemoves() throws Exception {
    Path first = launchers.write(echo().withArguments(List.of("first")));
    Path second = launchers.write(echo().withArguments(List.of("second")));

    assertThat(second).isEqualTo(first).isEqualTo(launchers.command("echo"));
    assertThat(run(second, Map.of(), NOTHING).out()).startsWith("second\n");
    assertThat(first.getParent().toFile().list()).containsExactly("echo");
    assertThat(launchers.remove("echo")).isTrue();
    assertThat(launchers.remove("echo")).isFalse();
  }

  @Test
  void badNamesAndPaths_areRefusedByName() {
    assertThatThrownBy(
            () -> launchers.write(Launcher.of("../x", Echo.class.getName(), List.of(jar))))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("../x");
    assertThatThrownBy(
            () -> launchers.write(Launcher.of("x", "X", List.of(temp.resolve("no.jar")))))
        .hasMessageContaining("no.jar");
    assertThatThrownBy(() -> launchers.write(Launcher.of("x", "X", List.of())))
        .hasMessageContaining("no jar to start from");
    assertThatThrownBy(
            () ->
                Launchers.in(temp.resolve("a:b"))
                    .write(Launcher.of("x", Echo.class.getName(), List.of(jar))))
        .hasMessageContaining("a:b");
    assertThatThrownBy(() -> launchers.withJava(temp)).hasMessageContaining("no bin/java");
  }
}
