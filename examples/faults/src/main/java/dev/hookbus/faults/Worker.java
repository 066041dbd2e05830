package dev.hookbus.faults;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The program of every child: does with the library what its stdin says, and says on stdout what
 * the library promised. Ends when stdin does.
 *
 * <table>
 * <caption>Commands</caption>
 * <tr><td>{@code write PREFIX N}</td><td>records N calls, says {@code ack ID} for each</td></tr>
 * <tr><td>{@code claim PREFIX FROM N LEASE SLEEPS SEED}</td><td>claims N keys in turn, see {@link
 * Claimer}</td></tr>
 * <tr><td>{@code once KEY TTL}</td><td>one call with a key; answers what came of it</td></tr>
 * <tr><td>{@code drain LEASE}</td><td>delivers to the JSONL sink until it is killed</td></tr>
 * <tr><td>{@code deliver SECONDS}</td><td>delivers what there is; answers the report</td></tr>
 * <tr><td>{@code clock MILLIS}</td><td>shifts the clock of the bus</td></tr>
 * <tr><td>{@code cleanup DAYS}</td><td>runs retention</td></tr>
 * <tr><td>{@code resources}</td><td>answers heap after a collection, threads and open files</td></tr>
 * </table>
 */
final class Worker {

  /** Begins the line that ends a command. */
  static final String ANSWER = "answer ";

  private Worker() {}

  /** Arguments: the database, the directory for events, the budget in milliseconds. */
  public static void main(String[] arguments) throws Exception {
    LinkedBlockingQueue<String> commands = new LinkedBlockingQueue<>();
    Thread listener = new Thread(() -> listen(commands), "commands");
    listener.setDaemon(true);
    listener.start();
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
    Bench bench =
        new Bench(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Duration.ofMillis(Long.parseLong(arguments[2])),
            out);
    while (true) {
      String[] command = commands.take().split(" ", -1);
      bench.say(ANSWER + obey(bench, command));
    }
  }

  /** Nobody is left to hear us when stdin ends: no child outlives its parent. */
  private static void listen(LinkedBlockingQueue<String> commands) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
      }
    } catch (IOException broken) {
      // The parent is gone.
    }
    Runtime.getRuntime().halt(0);
  }

  private static String obey(Bench bench, String[] command) throws Exception {
    return switch (command[0]) {
      case "write" -> bench.write(command[1], Long.parseLong(command[2]));
      case "claim" ->
          new Claimer(
                  bench,
                  Duration.ofMillis(Long.parseLong(command[4])),
                  Integer.parseInt(command[5]),
                  Long.parseLong(command[6]))
              .claim(command[1], Long.parseLong(command[2]), Long.parseLong(command[3]));
      case "once" -> bench.once(command[1], Duration.ofMillis(Long.parseLong(command[2])));
      case "drain" -> bench.drain(Duration.ofMillis(Long.parseLong(command[1])));
      case "deliver" -> bench.deliver(Duration.ofSeconds(Long.parseLong(command[1])));
      case "clock" -> bench.shiftClock(Long.parseLong(command[1]));
      case "cleanup" -> bench.cleanup(Duration.ofDays(Long.parseLong(command[1])));
      case "resources" -> bench.resources();
      default -> throw new IllegalArgumentException("no command " + command[0]);
    };
  }
}
