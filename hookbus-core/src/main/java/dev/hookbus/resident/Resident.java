package dev.hookbus.resident;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A resident process, or what one has left.
 *
 * <pre>{@code
 * static void stopAll() throws IOException {
 *   for (Resident resident : Resident.all(Resident.directory(System::getenv))) {
 *     resident.stop();
 *   }
 * }
 * }</pre>
 *
 * @param state what it does
 * @param socket where it listens, or did
 * @param library the jar of the library it runs on; empty if unknown
 * @param pid its number; 0 if unknown, as that of one in another container may be
 * @param startTicks when it was started, as the kernel counts: a later process may have its number
 * @param started when; {@code null} if unknown
 * @param calls how many it has run, or runs; 0 where it does not say
 * @param open how many of them are not over; 0 where it does not say
 */
public record Resident(
    State state,
    Path socket,
    String library,
    long pid,
    long startTicks,
    @Nullable Instant started,
    long calls,
    long open) {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PATIENCE_WITH_ITS_END =
      ResidentProcess.FAREWELL.plus(Duration.ofSeconds(1));
  private static final Duration PATIENCE_WITH_A_KILL = Duration.ofSeconds(10);
  private static final String END_OF_HEAD = "\r\n\r\n";

  /** What a process does. */
  public enum State {
    /** It takes calls. */
    RUNNING,
    /** It has been started, and does not take calls yet. */
    STARTING,
    /** It takes no more calls, and ends when those it has are over. */
    ENDING,
    /** It is there and does not answer; commands run by themselves meanwhile. */
    STUCK,
    /** It is gone and could not clear up; the next call starts another. */
    LEFT_BEHIND
  }

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
   * Those of a directory, whatever they do; none if there is no such directory. Waits some seconds
   * for one that does not answer.
   *
   * @throws IOException if no process would use the directory, saying why
   */
  public static List<Resident> all(Path directory) throws IOException {
    List<Resident> all = new ArrayList<>();
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      RunDirectory place = RunDirectory.at(directory);
      for (String version : place.versions()) {
        Resident resident = at(place, version);
        if (resident != null) {
          all.add(resident);
        }
      }
      for (Occupant ending : place.ending()) {
        all.add(of(ending, State.ENDING, place.socket(ending.version())));
      }
    }
    return all;
  }

  private static @Nullable Resident at(RunDirectory place, String version) {
    Path socket = place.socket(version);
    Occupant holder = place.holder(version);
    boolean isThere = holder != null && holder.process().isAlive();
    State state;
    if (!Files.exists(socket)) {
      state = isThere ? State.STARTING : null;
    } else {
      try {
        return described(socket, ask(socket, "status", PATIENCE));
      } catch (ConnectException nobodyListens) {
        state = isThere ? State.STARTING : State.LEFT_BEHIND;
      } catch (IOException noAnswer) {
        // One that has just ended has taken its socket with it.
        state = Files.exists(socket) ? State.STUCK : null;
      }
    }
    if (state == null) {
      return null;
    }
    return holder == null || (state == State.STUCK && !isThere)
        ? new Resident(state, socket, "", 0, 0, null, 0, 0)
        : of(holder, state, socket);
  }

  private static Resident of(Occupant occupant, State state, Path socket) {
    return new Resident(
        state,
        socket,
        occupant.library(),
        occupant.process().pid(),
        occupant.process().startTicks(),
        occupant.started(),
        0,
        0);
  }

  /**
   * Makes it end. One that runs takes no more calls from now on, and ends when those that are open
   * are over, as one that is ending does. One that does not answer is {@linkplain #stopNow ended at
   * once}. What was left behind is removed.
   *
   * @throws IOException if it stays, saying why
   */
  public void stop() throws IOException {
    switch (state) {
      case RUNNING -> {
        try {
          String ignored = ask(socket, "stop", PATIENCE);
        } catch (IOException noAnswer) {
          stopNow();
        }
      }
      case ENDING -> {}
      default -> stopNow();
    }
  }

  /**
   * Ends it without waiting for its open calls, each of which its command runs again: asks it to by
   * a signal, and kills it if that is not heeded within two seconds. A process of another user, or
   * a later one with the same number, is never meant.
   *
   * @throws IOException if it stays, saying why
   */
  public void stopNow() throws IOException {
    if (state != State.LEFT_BEHIND) {
      if (pid == 0) {
        throw new IOException(
            "nothing tells which process listens at "
                + socket
                + "; it may be in another container");
      }
      ProcessIdentity process = new ProcessIdentity(pid, startTicks);
      if (!process.end(PATIENCE_WITH_ITS_END, PATIENCE_WITH_A_KILL)) {
        throw new IOException("process " + pid + " does not end");
      }
    }
    boolean ignored =
        RunDirectory.at(socket.resolveSibling("")).removeAbandoned(RunDirectory.versionOf(socket));
  }

  private static Resident described(Path socket, String status) throws IOException {
    try {
      JsonValue json = JsonValue.parse(status);
      return new Resident(
          State.RUNNING,
          socket,
          String.valueOf(json.text("library")),
          Occupant.number(json, "pid"),
          Occupant.number(json, "ticks"),
          Instant.parse(String.valueOf(json.text("started"))),
          Occupant.number(json, "calls"),
          Occupant.number(json, "open"));
    } catch (JsonException | DateTimeParseException e) {
      throw new IOException(socket + " is no resident process's", e);
    }
  }

  /**
   * Asks with one word, and gives what is answered.
   *
   * @throws ConnectException if nobody listens
   * @throws IOException if there is no answer in time
   */
  static String ask(Path socket, String word, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    try (SocketChannel process = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      process.configureBlocking(false);
      String request = "GET /" + word + " HTTP/1.1" + END_OF_HEAD;
      ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
      // Both are done at once, or not: a stopped process has a queue that may be full.
      if (!process.connect(UnixDomainSocketAddress.of(socket)) || process.write(out) == 0) {
        throw new IOException(socket + " takes no connections");
      }
      SelectionKey unused = process.register(selector, SelectionKey.OP_READ);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      ByteBuffer in = ByteBuffer.allocate(1 << 12);
      while (true) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || selector.select(left) == 0) {
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
