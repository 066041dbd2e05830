package dev.hookbus.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Damages the database under a running writer, then starts another. What was in the file is gone by
 * the damage; the promise is about what both are told was recorded once the damage has been seen,
 * and that both go on.
 */
final class DamageFault implements Fault {

  private static final int BEFORE = 300;
  private static final int AFTER = 300;

  /** Longer than a store goes without a look at its file. */
  private static final long LOOK_MILLIS = 150;

  private final Damage damage;
  private final Random random = new Random(7);

  DamageFault(Damage damage) {
    this.damage = damage;
  }

  @Override
  public String name() {
    return damage.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String what() {
    return "the database " + damage + " while a writer has it open; then a second writer starts";
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    Trial trial = new Trial();
    long aside = 0;
    long goneWithFile = 0;
    for (int round = 0; round < rounds; round++) {
      try (Scene part = scene.part("round-" + round)) {
        goneWithFile += damageUnderWriters(trial, part, round);
        aside += part.setAside().isEmpty() ? 0 : 1;
      }
    }
    return trial.outcome(
        rounds + " rounds",
        "file moved aside in "
            + aside
            + " rounds; "
            + goneWithFile
            + " records written before the damage was met went with the file; ");
  }

  /** Gives how many records went with the file. */
  private long damageUnderWriters(Trial trial, Scene part, int round)
      throws IOException, InterruptedException, SQLException {
    String silent = "round " + round + ": nothing is recorded after the damage";
    try (Child running = trial.start(part)) {
      trial.write(running, "before", BEFORE);
      Set<String> before = trial.records().ids();
      if (round % 2 == 0) {
        // Otherwise the records are still in the write-ahead log, and most damage misses them.
        List<String> unused = part.column("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      damage.doTo(part.database(), random);
      Thread.sleep(LOOK_MILLIS);
      trial.write(running, "early", AFTER);
      try (Child starting = trial.start(part)) {
        trial.write(starting, "second", AFTER);
        trial.recover(starting, "b", silent);
        trial.recover(running, "a", silent);
        trial.write(running, "late", AFTER);
        trial.write(starting, "later", AFTER);
      }
      Set<String> after = new HashSet<>(trial.records().ids());
      after.removeAll(before);
      Set<String> missing = Records.missing(part.database(), after);
      after.removeIf(id -> id.startsWith("early"));
      trial.judge(part, after);
      return missing.stream().filter(id -> id.startsWith("early")).count();
    }
  }
}
