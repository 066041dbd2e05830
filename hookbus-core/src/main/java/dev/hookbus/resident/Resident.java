package dev.hookbus.resident;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A resident process, as it describes itself.
 *
 * <pre>{@code
 * static void stopAll() throws IOException {
 *   for (Resident resident : Resident.running(Resident.directory(System::getenv))) {
 *     resident.stop();
 *   }
 * }
 * }</pre>
 *
 * @param socket where it listens
 * @param library the jar of the library it runs on
 * @param pid its number
 * @param started when
 * @param calls how many it has run, or runs
 * @param open how many of them are not over
 */
public record Resident(
    Path socket, String library, long pid, Instant started, long calls, long open) {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String END_OF_HEAD = "\r\n\r\n";

  /**
   * Where the processes of a user are found: in {@code XDG_RUNTIME_DIR}, or else in {@code
   * $HOME/.hookbus/run}.
   *
   * @param environment looks a variable up, such as {@code System::getenv}
   */
  public static Path directory(UnaryOperator<@Nullable String> environment) {
    String runtime = environment.apply("XDG_RUNTIME_DIR");
    if (runtime != null && !runtime.isEmpty()) {
      return Path.of(runtime, "hookbus");
    }
    String home = environment.apply("HOME");
    return Path.of(home == null ? "" : home, ".hookbus", "run");
  }

  /**
   * Checks a directory of processes; one that is not there yet is as it should be.
   *
   * @throws IOException if no process would use it, saying why
   */
  public static void check(Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      RunDirectory ignored = RunDirectory.at(directory);
    }
  }

  /** Those that answer; none if there is no such directory. */
  public static List<Resident> running(Path directory) throws IOException {
    List<Resident> running = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory, "*.socket")) {
        for (Path socket : sockets) {
          try {
            running.add(describe(socket, ask(socket, "status")));
          } catch (IOException e) {
            // It was left behind, or is stuck.
          }
        }
      }
    }
    return running;
  }

  /**
   * Makes it end when its open calls are over. It takes no more from now on.
   *
   * @throws IOException if it does not answer
   */
  public void stop() throws IOException {
    String ignored = ask(socket, "stop");
  }

  private static Resident describe(Path socket, String status) throws IOException {
    try {
      JsonValue json = JsonValue.parse(status);
      return new Resident(
          socket,
          String.valueOf(json.text("library")),
          number(json, "pid"),
          Instant.parse(String.valueOf(json.text("started"))),
          number(json, "calls"),
          number(json, "open"));
    } catch (JsonException | DateTimeParseException e) {
      throw new IOException(socket + " is no resident process's", e);
    }
  }

  private static long number(JsonValue json, String name) {
    JsonValue value = json.get(name);
    Long number = value == null ? null : value.asLong();
    return number == null ? 0 : number;
  }

  /** Asks with one word, and gives what is answered. */
  static String ask(Path socket, String word) throws IOException {
    try (SocketChannel process = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Selector selector = Selector.open()) {
      String request = "GET /" + word + " HTTP/1.1" + END_OF_HEAD;
      ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
      while (out.hasRemaining()) {
        process.write(out);
      }
      process.configureBlocking(false);
      SelectionKey unused = process.register(selector, SelectionKey.OP_READ);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      ByteBuffer in = ByteBuffer.allocate(1 << 12);
      while (true) {
        if (selector.select(PATIENCE.toMillis()) == 0) {
          throw new IOException(socket + " does not answer");
        }
        selector.selectedKeys().clear();
        if (process.read(in) < 0) {
          String answer = all.toString(StandardCharsets.UTF_8);
          int head = answer.indexOf(END_OF_HEAD);
          return head < 0 ? "" : answer.substring(head + END_OF_HEAD.length());
        }
        all.write(in.array(), 0, in.position());
        in.clear();
      }
    }
  }
}
