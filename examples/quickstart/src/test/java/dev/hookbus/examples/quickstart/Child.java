package dev.hookbus.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM started as a host would start it: streams, environment, exit code. */
final class Child {

  /** What a process left behind. */
  record Outcome(int exitCode, String out, String err) {}

  private final Path directory;
  private final ProcessBuilder process;

  /** A JVM with these arguments; its streams go through files in {@code directory}. */
  Child(Path directory, String... arguments) {
    this.directory = directory;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    this.process = new ProcessBuilder(command);
    process.environment().keySet().removeIf(name -> name.startsWith("HOOKBUS_"));
    // The options of the test's own JVM would print a line on the child's error output.
    process.environment().remove("JAVA_TOOL_OPTIONS");
  }

  Child with(String variable, String value) {
    process.environment().put(variable, value);
    return this;
  }

  Outcome run(byte[] stdin) throws IOException, InterruptedException {
    Path in = Files.write(directory.resolve("stdin"), stdin);
    Path out = directory.resolve("stdout");
    Path err = directory.resolve("stderr");
    Process child =
        process
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("the process ends by itself").isTrue();
      return new Outcome(child.exitValue(), text(out), text(err));
    } finally {
      child.destroyForcibly();
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
