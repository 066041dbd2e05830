package dev.hookbus.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link Worker} in a JVM of its own. It ends with this process, whatever happens to it. */
final class Child implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 240;
  private static final String END_OF_OUTPUT = "end of output";

  private final Process process;
  private final Consumer<String> listener;
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Thread reader;

  private Child(Process process, Consumer<String> listener) {
    this.process = process;
    this.listener = listener;
    this.reader = new Thread(this::read, "child-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** How a child is started. */
  static final class Launch {
    private final List<String> prefix = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Consumer<String> listener = line -> {};
    private long budgetMillis = 250;

    /** Runs the JVM under another command, such as one that drops rights. */
    Launch under(String... command) {
      prefix.addAll(List.of(command));
      return this;
    }

    Launch with(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    /** How long a call of the child waits for the store; 250 ms by default. */
    Launch budgetMillis(long millis) {
      budgetMillis = millis;
      return this;
    }

    /** Told every line but the answers to {@link Child#ask}; from a thread of its own. */
    Launch listener(Consumer<String> told) {
      listener = told;
      return this;
    }

    Child start(Scene scene) throws IOException {
      List<String> command = new ArrayList<>(prefix);
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx192m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              Worker.class.getName(),
              scene.database().toString(),
              scene.events().toString(),
              Long.toString(budgetMillis)));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.startsWith("HOOKBUS_"));
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().putAll(environment);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      return new Child(builder.start(), listener);
    }
  }

  static Launch launch() {
    return new Launch();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        if (c != '\n') {
          line.append((char) c);
          continue;
        }
        // What a killed child left without its line end was never said.
        String text = line.toString();
        line.setLength(0);
        if (text.startsWith(Worker.ANSWER)) {
          answers.add(text.substring(Worker.ANSWER.length()));
        } else {
          listener.accept(text);
        }
      }
    } catch (IOException broken) {
      // The child is gone.
    } finally {
      answers.add(END_OF_OUTPUT);
    }
  }

  /** Gives a command and does not wait. */
  void tell(String command) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((command + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Gives a command and waits for its answer. */
  String ask(String command) throws IOException, InterruptedException {
    tell(command);
    return answer();
  }

  /** The answer to a command given before. */
  String answer() throws InterruptedException {
    @Nullable String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answer == null || answer.equals(END_OF_OUTPUT)) {
      throw new IllegalStateException(
          answer == null ? "the child does not answer" : "the child ended without an answer");
    }
    return answer;
  }

  /** SIGKILL; returns when the process is gone and everything it said has been heard. */
  void kill() throws InterruptedException {
    // Unlike the process, its handle leaves what it wrote to be read.
    process.toHandle().destroyForcibly();
    awaitEnd();
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
    reader.join();
  }

  /** SIGSTOP; returns when every thread has stopped, which takes the system a moment. */
  void stop() throws IOException, InterruptedException {
    Shell.run("kill", "-STOP", Long.toString(process.pid()));
    while (!isStopped()) {
      Thread.sleep(1);
    }
  }

  long pid() {
    return process.pid();
  }

  private boolean isStopped() throws IOException {
    try (Stream<Path> threads =
        Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        // The state follows the name, which is in brackets and may hold anything.
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
      return true;
    }
  }

  /** SIGCONT. */
  void goOn() throws InterruptedException {
    Shell.run("kill", "-CONT", Long.toString(process.pid()));
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}
