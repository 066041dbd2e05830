package dev.hookbus.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
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
  public int rounds() {
    return 20;
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    List<String> losses = new ArrayList<>();
    Waits waits = new Waits();
    long accepted = 0;
    long aside = 0;
    long goneWithFile = 0;
    for (int round = 0; round < rounds; round++) {
      Scene part = scene.part("round-" + round);
      Records records = new Records();
      try (Child running = Child.launch().listener(records::hear).start(part)) {
        waits.hear(running.ask("write before " + BEFORE));
        Set<String> before = records.ids();
        if (round % 2 == 0) {
          // Otherwise the records are still in the write-ahead log, and most damage misses them.
          List<String> unused = part.column("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        damage.doTo(part.database(), random);
        Thread.sleep(LOOK_MILLIS);
        waits.hear(running.ask("write early " + AFTER));
        try (Child starting = Child.launch().listener(records::hear).start(part)) {
          waits.hear(starting.ask("write second " + AFTER));
          if (!Recovery.isReached(starting, "b") || !Recovery.isReached(running, "a")) {
            losses.add("round " + round + ": nothing is recorded after the damage");
          }
          waits.hear(running.ask("write late " + AFTER));
          waits.hear(starting.ask("write later " + AFTER));
        }
        Set<String> after = new HashSet<>(records.ids());
        after.removeAll(before);
        Set<String> missing = Records.missing(part.database(), after);
        goneWithFile += missing.stream().filter(id -> id.startsWith("early")).count();
        after.removeIf(id -> id.startsWith("early"));
        losses.addAll(records.judge(part, after));
      }
      accepted += records.accepted();
      aside += part.setAside().isEmpty() ? 0 : 1;
      part.close();
    }
    return new Outcome.Ran(
        rounds + " rounds",
        accepted,
        losses,
        "file moved aside in "
            + aside
            + " rounds; "
            + goneWithFile
            + " records written before the damage was met went with the file; "
            + waits);
  }
}
