package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
  public int rounds() {
    return 20;
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    String obstacle = Rights.obstacle();
    if (!obstacle.isEmpty()) {
      return new Outcome.Skipped(obstacle);
    }
    List<String> losses = new ArrayList<>();
    Waits waits = new Waits();
    long accepted = 0;
    for (int round = 0; round < rounds; round++) {
      Scene part = scene.part("round-" + round);
      Records records = new Records();
      Files.createDirectories(part.directory().resolve("store"));
      Rights.set(part.directory().resolve("store"), "r-xr-xr-x");
      try (Child writer = Rights.launch().listener(records::hear).start(part)) {
        if (waits.hear(writer.ask("write refused " + CALLS)) != CALLS) {
          losses.add("a call was on record in a read-only directory");
        }
        Rights.set(part.directory().resolve("store"), "rwx------");
        if (!Recovery.isReached(writer, "allowed")) {
          losses.add("nothing is recorded although the directory is writable");
        }
      }
      losses.addAll(records.judge(part));
      accepted += records.accepted();
      part.close();
    }
    return new Outcome.Ran(rounds + " rounds", accepted, losses, waits.toString());
  }
}
