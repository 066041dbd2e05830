package dev.hookbus.faults;

import java.io.IOException;
import java.sql.SQLException;

/** One row of the campaign: something that goes wrong, again and again. */
interface Fault {

  /** The name on the command line. */
  String name();

  /** What is done, for the table. */
  String what();

  /** Rounds of the long form. */
  default int rounds() {
    return 20;
  }

  /** Does it that often, in a scene of its own, and judges what is left. */
  Outcome run(Scene scene, int rounds) throws IOException, InterruptedException, SQLException;
}
