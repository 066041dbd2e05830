package dev.hookbus.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Fills the disk under a running writer and a starting one, and makes room again. */
final class DiskFullFault implements Fault {

  private static final int MEGABYTES = 16;
  private static final int CALLS = 40;

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public String what() {
    return "a "
        + MEGABYTES
        + " MB disk filled to the last byte and freed, under a running writer and"
        + " a starting one";
  }

  @Override
  public int rounds() {
    return 50;
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    String obstacle = Mount.obstacle();
    if (!obstacle.isEmpty()) {
      return new Outcome.Skipped(obstacle);
    }
    Trial trial = new Trial();
    Path store = scene.directory().resolve("store");
    Path ballast = store.resolve("ballast");
    try (Mount ignored = Mount.on(store, MEGABYTES);
        Child running = trial.start(scene)) {
      trial.write(running, "before", CALLS);
      for (int round = 0; round < rounds; round++) {
        fill(ballast);
        trial.write(running, "full" + round, CALLS);
        try (Child starting = trial.start(scene)) {
          trial.write(starting, "start" + round, CALLS);
        }
        Files.delete(ballast);
        trial.recover(
            running,
            "free" + round,
            "round " + round + ": nothing is recorded although there is room again");
        if (round % 10 == 9) {
          // What is delivered is removed from the outbox, so that the disk does not fill by itself.
          running.ask("deliver 60");
        }
      }
      trial.judge(scene);
    }
    return trial.outcome(rounds + " times full");
  }

  private static void fill(Path ballast) throws IOException {
    byte[] chunk = new byte[64 << 10];
    for (int size = chunk.length; size > 0; size /= 2) {
      try (OutputStream out =
          Files.newOutputStream(
              ballast,
              java.nio.file.StandardOpenOption.CREATE,
              java.nio.file.StandardOpenOption.APPEND)) {
        while (true) {
          out.write(chunk, 0, size);
        }
      } catch (IOException full) {
        // Then smaller pieces.
      }
    }
  }
}
