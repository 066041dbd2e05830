package dev.hookbus.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.examples.quickstart.Child.Outcome;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as it is shipped: one jar that needs nothing else. */
class CommandLineJarTest {

  private static final Path BUILD = Path.of("..", "..", "hookbus-core", "target");

  @TempDir Path directory;
  @TempDir Path streams;

  private Outcome hookbus(String... arguments) throws Exception {
    Path jar = findJar();
    String[] command = new String[arguments.length + 2];
    command[0] = "-jar";
    command[1] = jar.toString();
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return new Child(streams, command)
        .with("HOOKBUS_DB", directory.resolve("hookbus.db").toString())
        .run(new byte[0]);
  }

  private static Path findJar() throws IOException {
    assumeThat(BUILD).as("hookbus-core is built").isDirectory();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(BUILD, "hookbus-core-*-cli.jar")) {
      Iterator<Path> found = jars.iterator();
      assumeThat(found.hasNext()).as("the -cli jar is built: run mvn verify at the root").isTrue();
      return found.next();
    }
  }

  @Test
  void selftest_passesWithoutAnythingElseOnTheClassPath() throws Exception {
    Outcome selftest = hookbus("selftest");

    assertThat(selftest.out()).endsWith("All tests passed!\n");
    assertThat(selftest.err()).isEmpty();
    assertThat(selftest.exitCode()).isZero();
  }

  @Test
  void metrics_readWhatABusHasWritten() throws Exception {
    try (HookBus bus = HookBus.builder().database(directory.resolve("hookbus.db")).build()) {
      bus.guard("größe").build().run(GuardKey.of("tool_track", "toolu_1"), () -> {});
      bus.guard("größe").build().run(GuardKey.of("tool_track", "toolu_1"), () -> {});
    }

    Outcome metrics = hookbus("metrics");

    assertThat(metrics.err()).isEmpty();
    assertThat(metrics.out()).containsPattern("\ngröße +2 +1 +0 +1 +100.0 % ");
    assertThat(hookbus("keys", "list", "--json").out()).contains("\"category\":\"tool_track\"");
  }

  @Test
  void missingDatabase_isExitCodeFour() throws Exception {
    Outcome tail = hookbus("tail");

    assertThat(tail.exitCode()).isEqualTo(4);
    assertThat(tail.out()).isEmpty();
    assertThat(tail.err()).hasLineCount(1).contains("there is no database at");
  }
}
