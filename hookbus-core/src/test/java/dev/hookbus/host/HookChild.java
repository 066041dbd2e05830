package dev.hookbus.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A hook in a process of its own, as a host starts it. */
final class HookChild implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final CompletableFuture<byte[]> stdout;
  private final CompletableFuture<byte[]> stderr;

  private HookChild(
      Process process, CompletableFuture<byte[]> stdout, CompletableFuture<byte[]> stderr) {
    this.process = process;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** What the host got. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Result(int exitCode, byte[] stdout, String stderr) {

    String text() {
      return new String(stdout, StandardCharsets.UTF_8);
    }

    ClaudeHost.Verdict verdict() {
      // An exit code above 128 stands for a signal.
      return exitCode > 128 ? ClaudeHost.killed() : ClaudeHost.command(exitCode, stdout);
    }
  }

  static HookChild start(Class<?> main, Map<String, String> environment, String... arguments)
      throws IOException {
    Process process = process(main, environment, arguments);
    return new HookChild(
        process,
        CompletableFuture.supplyAsync(() -> readAll(process.getInputStream())),
        CompletableFuture.supplyAsync(() -> readAll(process.getErrorStream())));
  }

  /** A hook of a host that does not read what it says. */
  static HookChild unheard(Class<?> main) throws IOException {
    CompletableFuture<byte[]> nothing = CompletableFuture.completedFuture(new byte[0]);
    return new HookChild(process(main, Map.of()), nothing, nothing);
  }

  private static Process process(
      Class<?> main, Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx48m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("(HOOKBUS|CLAUDE|LC|LANG).*"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Says something to the hook. A hook may stop listening. */
  HookChild say(byte[] stdin) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(stdin);
    } catch (IOException e) {
      // It has heard enough.
    }
    return this;
  }

  /** Says something endless: a byte, again and again. */
  HookChild sayForever(char c) {
    byte[] block = String.valueOf(c).repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    try (OutputStream in = process.getOutputStream()) {
      for (int i = 0; i < 1 << 14; i++) {
        in.write(block);
      }
    } catch (IOException e) {
      // It has heard enough.
    }
    return this;
  }

  /** Waits until the hook has made a file. */
  void await(Path file) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(file)) {
      boolean ended = process.waitFor(5, TimeUnit.MILLISECONDS);
      if ((ended && !Files.exists(file)) || System.nanoTime() > end) {
        throw new IllegalStateException("the hook did not make " + file);
      }
    }
  }

  /** Asks the process to end, as hosts do before they kill. */
  void terminate() {
    process.toHandle().destroy();
  }

  Result finish() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the hook does not end");
    }
    return new Result(
        process.exitValue(), stdout.join(), new String(stderr.join(), StandardCharsets.UTF_8));
  }

  private static byte[] readAll(InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
