package dev.hookbus.install;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import dev.hookbus.launch.Launchers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What an installed command does with an event, tried the way a host does it.
 *
 * @param exitCode the command's exit code; -1 if it did not end in time
 * @param output what it wrote to its standard output
 * @param error what it wrote to its error output
 * @param millis how long it took, in milliseconds
 */
public record SelfCheck(int exitCode, String output, String error, long millis) {

  private static final int PATIENCE_SECONDS = 60;

  /** For calls that are about the command and leave no trace in its database. */
  static final Map<String, String> UNRECORDED = Map.of("HOOKBUS_ENABLED", "0");

  /**
   * Starts a command with a session's begin on its standard input. That session is made up, so
   * nothing of it is recorded.
   *
   * @param directory the directory it was installed in
   * @param name the command's name
   * @throws IOException if it can't be started
   */
  public static SelfCheck run(Path directory, String name) throws IOException {
    return tell(Launchers.in(directory).command(name), SampleEvent.sessionStart(), UNRECORDED);
  }

  static SelfCheck tell(Path command, String event) throws IOException {
    return tell(command, event, Map.of());
  }

  /**
   * Starts a command with an event on its standard input.
   *
   * @param environment variables beside those of this process
   */
  static SelfCheck tell(Path command, String event, Map<String, String> environment)
      throws IOException {
    Path output = Files.createTempFile("hookbus-check", ".out");
    Path error = Files.createTempFile("hookbus-check", ".err");
    try {
      long started = System.nanoTime();
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", "-c", "exec \"$0\"", command.toString())
              .redirectOutput(output.toFile())
              .redirectError(error.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(event.getBytes(StandardCharsets.UTF_8));
      } catch (IOException unread) {
        // Not reading its input is no fault of a hook.
      }
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return new SelfCheck(
          ended ? process.exitValue() : -1,
          Files.readString(output),
          Files.readString(error),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command + " was tried", e);
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(error);
    }
  }

  /** Whether a host takes that answer: exit code 0, and one JSON object or nothing. */
  public boolean passed() {
    return exitCode == 0 && (output.isBlank() || isObject(output));
  }

  private static boolean isObject(String text) {
    try {
      return JsonValue.parse(text).isObject();
    } catch (JsonException e) {
      return false;
    }
  }
}
