package dev.hookbus.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs every fault, or one, and prints a table in Markdown. */
public final class Campaign {

  private static final int MOST_LOSSES_SHOWN = 10;

  static final List<Fault> FAULTS = faults();

  private static List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    faults.add(new KillFault());
    faults.add(new CrowdFault(64));
    faults.add(new StoppedFault());
    faults.add(new DiskFullFault());
    faults.add(new ReadOnlyFault());
    faults.add(new RightsLostFault());
    faults.add(new NoWriteAheadFault());
    for (Damage damage : Damage.values()) {
      faults.add(new DamageFault(damage));
    }
    faults.add(new ClockFault(false));
    faults.add(new ClockFault(true));
    faults.add(new VersionsFault());
    faults.add(new StdinFault(1L << 30));
    faults.add(new EnduranceFault());
    return List.copyOf(faults);
  }

  private Campaign() {}

  /**
   * Arguments: the row, {@code all} for every one; and the number of rounds, each row's own by
   * default. Ends with 1 if anything was lost.
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    String row = arguments.length > 0 ? arguments[0] : "all";
    List<Fault> chosen =
        FAULTS.stream().filter(fault -> row.equals("all") || fault.name().equals(row)).toList();
    if (chosen.isEmpty()) {
      System.err.println(
          "no row "
              + row
              + "; there are all, "
              + String.join(", ", FAULTS.stream().map(Fault::name).toList()));
      System.exit(2);
    }
    System.out.println("| row | what was done | how often | accepted | lost | seen |");
    System.out.println("|---|---|---|---|---|---|");
    boolean lost = false;
    for (Fault fault : chosen) {
      int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : fault.rounds();
      lost |= report(fault, outcome(fault, rounds));
    }
    System.exit(lost ? 1 : 0);
  }

  static Outcome outcome(Fault fault, int rounds)
      throws IOException, InterruptedException, SQLException {
    try (Scene scene = Scene.create()) {
      return fault.run(scene, rounds);
    }
  }

  /** Prints a line of the table; whether anything was lost. */
  private static boolean report(Fault fault, Outcome outcome) {
    String start = "| `" + fault.name() + "` | " + fault.what() + " | ";
    if (outcome instanceof Outcome.Skipped skipped) {
      System.out.println(start + "skipped: " + skipped.why() + " | | | |");
      return false;
    }
    Outcome.Ran ran = (Outcome.Ran) outcome;
    System.out.println(
        start
            + ran.often()
            + " | "
            + ran.accepted()
            + " | "
            + ran.losses().size()
            + " | "
            + ran.seen()
            + " |");
    ran.losses().stream()
        .limit(MOST_LOSSES_SHOWN)
        .forEach(loss -> System.err.println(fault.name() + ": " + loss));
    return !ran.losses().isEmpty();
  }
}
