package dev.hookbus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real process that runs one of the tests' main classes. */
public final class ChildJvm implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final BufferedReader out;
  private final CompletableFuture<String> err;

  private ChildJvm(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.err =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
              } catch (IOException e) {
                return "stderr broke: " + e;
              }
            });
  }

  /** Starts {@code main} with the tests' class path. */
  public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    return start(Map.of(), List.of(), main, arguments);
  }

  /**
   * Starts {@code main} with environment variables and options of the virtual machine, which may
   * set another class path.
   */
  public static ChildJvm start(
      Map<String, String> environment, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("HOOKBUS_"));
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start());
  }

  /**
   * Called in a child that has no use for its stdin and no end of its own: it ends when its parent
   * does, however that ends.
   */
  public static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // the parent is gone either way
              }
              Runtime.getRuntime().halt(1);
            });
    watch.setDaemon(true);
    watch.start();
  }

  /** The next line of stdout; {@code null} at its end. */
  public String readLine() throws IOException {
    return out.readLine();
  }

  /** Writes a line to stdin. */
  public void writeLine(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Kills the process the hard way (SIGKILL) and waits until it is gone. */
  public void kill() throws InterruptedException {
    // Unlike the process, its handle leaves what it wrote to be read.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Waits for the end and gives all of the rest of stdout. */
  public String finish() throws IOException, InterruptedException {
    process.getOutputStream().close();
    StringBuilder rest = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      rest.append(line).append('\n');
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the child does not end; stderr: " + kill0());
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("exit " + process.exitValue() + "; stderr: " + err.join());
    }
    return rest.toString();
  }

  /** Everything on stderr; waits for the process's end. */
  public String stderr() {
    return err.join();
  }

  private String kill0() {
    process.destroyForcibly();
    return err.join();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
