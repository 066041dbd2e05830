package dev.hookbus.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lets many processes make, fill and share one new database at the same moment. */
final class CrowdFault implements Fault {

  private static final int CALLS = 20;
  private static final int KEYS = 20;
  private static final long LEASE_MILLIS = 60_000;

  private final int processes;

  CrowdFault(int processes) {
    this.processes = processes;
  }

  @Override
  public String name() {
    return "crowd";
  }

  @Override
  public String what() {
    return processes + " processes at once on a new database, writing and claiming the same keys";
  }

  @Override
  public int rounds() {
    return 5;
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    List<String> losses = new ArrayList<>();
    Waits waits = new Waits();
    long accepted = 0;
    for (int round = 0; round < rounds; round++) {
      Scene part = scene.part("round-" + round);
      Records records = new Records();
      Leases leases = new Leases(LEASE_MILLIS);
      List<Child> children = new ArrayList<>();
      try {
        for (int i = 0; i < processes; i++) {
          children.add(
              Child.launch()
                  .budgetMillis(60_000)
                  .listener(
                      line -> {
                        records.hear(line);
                        if (!line.startsWith("ack ")) {
                          leases.hear(line);
                        }
                      })
                  .start(part));
        }
        for (int i = 0; i < processes; i++) {
          children.get(i).tell("write p" + i + " " + CALLS);
          children.get(i).tell("claim k 0 " + KEYS + " " + LEASE_MILLIS + " 0 " + i);
        }
        for (Child child : children) {
          waits.hear(child.answer());
          String unused = child.answer();
        }
      } finally {
        children.forEach(Child::close);
      }
      losses.addAll(records.judge(part));
      losses.addAll(leases.judge());
      if (leases.owners() != KEYS) {
        losses.add(leases.owners() + " owners of " + KEYS + " keys");
      }
      accepted += records.accepted() + leases.owners();
      part.close();
    }
    return new Outcome.Ran(
        rounds + " rounds, " + (long) rounds * processes + " processes",
        accepted,
        losses,
        waits.toString());
  }
}
