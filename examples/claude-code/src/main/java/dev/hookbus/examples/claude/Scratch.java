package dev.hookbus.examples.claude;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A project, a home directory and an environment in which nothing of the caller's is seen. */
final class Scratch implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 240;
  private static final int MOST_TRIES = 100;

  private final Path directory;
  private final String modelUrl;

  private Scratch(Path directory, String modelUrl) {
    this.directory = directory;
    this.modelUrl = modelUrl;
  }

  /** A new one, whose commands talk to this model. */
  static Scratch with(ScriptedModel model) throws IOException {
    Scratch scratch = new Scratch(Files.createTempDirectory("hookbus-claude"), model.url());
    Files.createDirectories(scratch.project());
    return scratch;
  }

  Path directory() {
    return directory;
  }

  Path project() {
    return directory.resolve("project");
  }

  /**
   * Runs a command to its end.
   *
   * @throws IOException if it fails, with what it has printed
   */
  void run(Path workingDirectory, List<String> command) throws IOException, InterruptedException {
    File log = directory.resolve("output").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .redirectInput(new File("/dev/null"));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(CLAUDE|ANTHROPIC|HOOKBUS|ZO|XDG)_.*|CI|TRACEPARENT"));
    builder.environment().put("HOME", directory.resolve("home").toString());
    builder.environment().put("ANTHROPIC_BASE_URL", modelUrl);
    builder.environment().put("ANTHROPIC_API_KEY", "scripted");
    builder.environment().put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
    builder.environment().put("IS_SANDBOX", "1"); // else root may not skip permissions
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    if (!ended || process.exitValue() != 0) {
      String how = ended ? " ended with " + process.exitValue() : " did not end";
      throw new IOException(command + how + ":\n" + Files.readString(log.toPath()));
    }
  }

  /** Removes it, when processes that are about to end have let go of it. */
  @Override
  public void close() {
    for (int i = 0; i < MOST_TRIES && !isRemoved(); i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private boolean isRemoved() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
