package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets the clock a day forward and a day back, between records, keys, delivery and retention. The
 * clock is the bus's own, or the whole process's by libfaketime.
 */
final class ClockFault implements Fault {

  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();
  private static final int CALLS = 40;
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

  private final boolean wholeProcess;

  ClockFault(boolean wholeProcess) {
    this.wholeProcess = wholeProcess;
  }

  @Override
  public String name() {
    return wholeProcess ? "clock-process" : "clock-bus";
  }

  @Override
  public String what() {
    return "the clock of "
        + (wholeProcess ? "the process (libfaketime)" : "the bus")
        + " set a day forward, back, and a day before today, while keys are held and events wait";
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    @Nullable Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
    if (wholeProcess && library == null) {
      return new Outcome.Skipped("libfaketime is not installed");
    }
    Trial trial = new Trial();
    Path time = Files.writeString(scene.directory().resolve("time"), "+0");
    Child.Launch launch = Child.launch();
    if (library != null && wholeProcess) {
      launch
          .with("LD_PRELOAD", library.toString())
          .with("FAKETIME_TIMESTAMP_FILE", time.toString())
          .with("FAKETIME_NO_CACHE", "1")
          .with("DONT_FAKE_MONOTONIC", "1");
    }
    try (Child child = trial.start(launch, scene)) {
      for (int round = 0; round < rounds; round++) {
        set(child, time, 0);
        String key = "round" + round;
        expect(trial, "a new key", "ran", child.ask("once " + key + " 3600000"));
        expect(trial, "the key within its time", "replayed", child.ask("once " + key + " 3600000"));
        long step = 0;
        for (long days : new long[] {1, 0, -1, 0}) {
          set(child, time, days * DAY_SECONDS);
          trial.writeAll(child, "r" + round + "s" + step, CALLS, "at day " + days);
          // After a day forward the hour is over; a key of tomorrow must not be stuck for a day.
          expect(trial, "the key at day " + days, "ran", child.ask("once " + key + " 3600000"));
          expect(trial, "its repetition", "replayed", child.ask("once " + key + " 3600000"));
          String report = child.ask("deliver 60");
          if (!report.contains("left=0")) {
            trial.lost("at day " + days + " delivery is stuck: " + report);
          }
          child.ask("cleanup 7");
          step++;
        }
      }
    }
    trial.judge(scene);
    return trial.outcome(rounds * 4L + " jumps");
  }

  private void set(Child child, Path time, long seconds) throws IOException, InterruptedException {
    if (wholeProcess) {
      Files.writeString(time, (seconds < 0 ? "" : "+") + seconds);
    } else {
      child.ask("clock " + seconds * 1_000);
    }
  }

  private static void expect(Trial trial, String what, String expected, String found) {
    if (!found.equals(expected)) {
      trial.lost(what + ": expected " + expected + ", found " + found);
    }
  }
}
