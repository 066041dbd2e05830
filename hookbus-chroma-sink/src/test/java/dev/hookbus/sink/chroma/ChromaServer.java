package dev.hookbus.sink.chroma;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Chroma server on a free port, with data of its own. Where it cannot be had the tests are
 * skipped, but with {@code CI=true} they fail.
 *
 * <pre>{@code
 * @RegisterExtension static final ChromaServer CHROMA = new ChromaServer();
 * }</pre>
 */
final class ChromaServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private static final Path SCRIPT = Path.of("src/test/chroma/chroma-server.sh").toAbsolutePath();
  private static final int CANNOT_BE_HAD = 3;
  private static final long START_SECONDS = 60;

  private final List<String> shellPrefix;
  private final int port = freePort();
  private Path data;
  private Process process;

  ChromaServer() {
    this(List.of());
  }

  /** A server run by another command, such as one that sets limits; it must exec. */
  ChromaServer(List<String> shellPrefix) {
    this.shellPrefix = shellPrefix;
  }

  /** A server that is up, for tests that do not register extensions. */
  static ChromaServer started() {
    ChromaServer server = new ChromaServer();
    server.beforeAll(null);
    return server;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    try {
      install();
      if (data == null) {
        Path parent = Files.createDirectories(Path.of("target/chroma-data").toAbsolutePath());
        data = Files.createTempDirectory(parent, "server");
      }
      start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where the data are to be, before the server is started. */
  void dataIn(Path directory) {
    data = directory;
  }

  Path data() {
    return data;
  }

  private static void install() throws IOException, InterruptedException {
    Path log = Files.createTempFile("chroma-install", ".log");
    Process install =
        new ProcessBuilder("bash", SCRIPT.toString(), "install")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exit = install.waitFor();
    String output = Files.readString(log);
    Files.delete(log);
    if (exit == CANNOT_BE_HAD && !"true".equals(System.getenv("CI"))) {
      Assumptions.abort(output.strip());
    }
    if (exit != 0) {
      throw new IllegalStateException("no Chroma server: " + output);
    }
  }

  void start() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(shellPrefix);
    command.addAll(
        List.of(
            "bash",
            SCRIPT.toString(),
            "run",
            "--path",
            data.toString(),
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port)));
    Path log = data.resolveSibling(data.getFileName() + ".log");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    awaitHeartbeat(log);
  }

  private void awaitHeartbeat(Path log) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve("/api/v2/heartbeat"))
            .timeout(Duration.ofSeconds(2))
            .build();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() - deadline < 0 && process.isAlive()) {
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // not listening yet
      }
    }
    throw new IllegalStateException("Chroma did not start: " + Files.readString(log));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** A configuration with collections nobody else uses. */
  ChromaConfig.Builder config() {
    return ChromaConfig.at(uri()).prefix("t" + UUID.randomUUID() + "_");
  }

  long pid() {
    return process.pid();
  }

  /** Ends it without warning, as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  void restart() throws IOException, InterruptedException {
    kill();
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
