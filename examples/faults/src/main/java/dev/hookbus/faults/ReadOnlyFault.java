package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Starts writers where they may not write, and lets them. */
final class ReadOnlyFault implements Fault {

  private static final int CALLS = 40;

  @Override
  public String name() {
    return "read-only";
  }

  @Override
  public String what() {
    return "a writer started in a read-only directory, which then becomes writable";
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    String obstacle = Rights.obstacle();
    if (!obstacle.isEmpty()) {
      return new Outcome.Skipped(obstacle);
    }
    Trial trial = new Trial();
    for (int round = 0; round < rounds; round++) {
      try (Scene part = scene.part("round-" + round)) {
        Path store = Files.createDirectories(part.directory().resolve("store"));
        Rights.set(store, "r-xr-xr-x");
        try (Child writer = trial.start(Rights.launch(), part)) {
          trial.writeInVain(
              writer, "refused", CALLS, "a call was on record in a read-only directory");
          Rights.set(store, "rwx------");
          trial.recover(
              writer, "allowed", "nothing is recorded although the directory is writable");
        }
        trial.judge(part);
      }
    }
    return trial.outcome(rounds + " rounds");
  }
}
