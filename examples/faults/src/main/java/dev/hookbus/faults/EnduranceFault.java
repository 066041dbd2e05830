package dev.hookbus.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Guards call after call in one process, and looks at what has grown. */
final class EnduranceFault implements Fault {

  private static final int CALLS_PER_ROUND = 50_000;
  private static final long HEAP_SLACK_BYTES = 8 << 20;

  @Override
  public String name() {
    return "endurance";
  }

  @Override
  public String what() {
    return "one agent, "
        + CALLS_PER_ROUND
        + " recorded calls a round; heap after a collection,"
        + " threads and open files of the last round beside those of the first";
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    List<String> losses = new ArrayList<>();
    Waits waits = new Waits();
    long[] first = {};
    long[] last = {};
    try (Child agent = Child.launch().budgetMillis(60_000).start(scene)) {
      for (int round = 0; round <= rounds; round++) {
        waits.hear(agent.ask("write r" + round + " " + CALLS_PER_ROUND));
        String unused = agent.ask("deliver 60");
        last = numbers(agent.ask("resources"));
        if (round == 0) {
          first = last;
        }
      }
    }
    if (last[0] > first[0] + HEAP_SLACK_BYTES) {
      losses.add("the heap grew from " + first[0] + " to " + last[0] + " bytes");
    }
    if (last[1] > first[1] || last[2] > first[2]) {
      losses.add(
          "threads grew from "
              + first[1]
              + " to "
              + last[1]
              + ", files from "
              + first[2]
              + " to "
              + last[2]);
    }
    long calls = (rounds + 1L) * CALLS_PER_ROUND;
    long logged = Long.parseLong(scene.column("SELECT count(*) FROM hook_logs").get(0));
    return new Outcome.Ran(
        calls + " calls",
        logged,
        losses,
        "heap "
            + megabytes(first[0])
            + " → "
            + megabytes(last[0])
            + " MB, threads "
            + first[1]
            + " → "
            + last[1]
            + ", open files "
            + first[2]
            + " → "
            + last[2]
            + "; "
            + waits);
  }

  private static long[] numbers(String answer) {
    String[] words = answer.split(" ", -1);
    return new long[] {
      Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])
    };
  }

  private static String megabytes(long bytes) {
    return Long.toString(bytes >> 20);
  }
}
