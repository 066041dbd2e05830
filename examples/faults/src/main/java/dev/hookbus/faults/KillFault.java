package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Kills writers, claimers and a drainer in the middle of their work, all at a random moment. */
final class KillFault implements Fault {

  private static final int WRITERS = 2;
  private static final int CLAIMERS = 2;
  private static final long LEASE_MILLIS = 300;

  /** One key in so many is kept beyond its lease. */
  private static final int SLEEPS_ONE_IN = 40;

  /** So often the database is judged in full and a new one begun, which keeps judging quick. */
  private static final int ROUNDS_PER_DATABASE = 25;

  /** One round in so many kills at a random time, mostly while the processes start. */
  private static final int BLIND_ONE_IN = 5;

  private static final int LONGEST_BLIND_MILLIS = 700;
  private static final int MOST_LINES = 1_500;

  private final Random random = new Random(20_261_127);

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String what() {
    return WRITERS
        + " writers, "
        + CLAIMERS
        + " claimers of the same keys and a drainer, killed -9";
  }

  @Override
  public int rounds() {
    return 1_000;
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    Tally tally = new Tally();
    for (int done = 0; done < rounds; done += ROUNDS_PER_DATABASE) {
      Scene part = scene.part("database-" + done);
      runOnOneDatabase(part, done, Math.min(ROUNDS_PER_DATABASE, rounds - done), tally);
      part.close();
    }
    return new Outcome.Ran(
        rounds + " rounds, " + rounds * (WRITERS + CLAIMERS + 1L) + " processes killed",
        tally.records + tally.owners,
        tally.losses,
        tally.records
            + " records accepted, "
            + tally.delivered
            + " events delivered before the end; "
            + tally.owners
            + " owners of keys, of which "
            + tally.takenOver
            + " came after a lease was over; "
            + tally.overtaken
            + " late owners refused");
  }

  /** What has been seen in all rounds so far. */
  private static final class Tally {
    final List<String> losses = new ArrayList<>();
    final AtomicLong delivered = new AtomicLong();
    long records;
    long owners;
    long takenOver;
    long overtaken;
  }

  private void runOnOneDatabase(Scene scene, int first, int rounds, Tally tally)
      throws IOException, InterruptedException, SQLException {
    Records records = new Records();
    Leases leases = new Leases(LEASE_MILLIS);
    for (int round = first; round < first + rounds; round++) {
      round(scene, round, records, leases, tally);
    }
    try (Child last = Child.launch().start(scene)) {
      String unused = last.ask("deliver 60");
    }
    tally.losses.addAll(records.judge(scene));
    tally.losses.addAll(leases.judge());
    tally.records += records.accepted();
    tally.owners += leases.owners();
    tally.takenOver += leases.takenOver();
    tally.overtaken += leases.overtaken();
  }

  private void round(Scene scene, int round, Records records, Leases leases, Tally tally)
      throws IOException, InterruptedException, SQLException {
    AtomicLong heard = new AtomicLong();
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < WRITERS; i++) {
        children.add(
            Child.launch()
                .listener(
                    line -> {
                      heard.incrementAndGet();
                      records.hear(line);
                    })
                .start(scene));
        children.get(i).tell("write r" + round + "w" + i + " 1000000000");
      }
      for (int i = 0; i < CLAIMERS; i++) {
        Child claimer = Child.launch().budgetMillis(5_000).listener(leases::hear).start(scene);
        children.add(claimer);
        // The last keys of the round before: some are done, some had an owner that was killed.
        claimer.tell(
            "claim k "
                + Math.max(0, leases.owners() - 20)
                + " 1000000000 "
                + LEASE_MILLIS
                + " "
                + SLEEPS_ONE_IN
                + " "
                + random.nextInt());
      }
      Child drainer =
          Child.launch()
              .listener(line -> tally.delivered.addAndGet(Long.parseLong(line.split(" ", -1)[1])))
              .start(scene);
      children.add(drainer);
      drainer.tell("drain 200");
      awaitRandomMoment(round, heard);
    } finally {
      children.forEach(Child::close);
      for (Child child : children) {
        child.awaitEnd();
      }
    }
    // Those that were killed while they started may not have made one.
    List<String> checks =
        Files.exists(scene.database()) ? scene.column("PRAGMA quick_check") : List.of();
    for (String check : checks) {
      if (!check.equals("ok")) {
        tally.losses.add("round " + round + " left a corrupt file: " + check);
      }
    }
  }

  private void awaitRandomMoment(int round, AtomicLong heard) throws InterruptedException {
    if (round % BLIND_ONE_IN == BLIND_ONE_IN - 1) {
      Thread.sleep(random.nextInt(LONGEST_BLIND_MILLIS));
      return;
    }
    int lines = 1 + random.nextInt(MOST_LINES);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (heard.get() < lines && System.nanoTime() - deadline < 0) {
      Thread.sleep(1);
    }
  }
}
