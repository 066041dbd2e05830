package dev.hookbus.cli;

import dev.hookbus.resident.Resident;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Stops resident processes, and says what became of each. */
record ResidentStop(PrintWriter out, PrintWriter err) {

  /**
   * Stops them, one after the other.
   *
   * @param now without waiting for their open calls
   * @return whether all are gone, or will be when their open calls are over
   */
  boolean stop(List<Resident> residents, boolean now) {
    boolean all = true;
    for (Resident resident : residents) {
      try {
        if (now) {
          resident.stopNow();
        } else {
          resident.stop();
        }
        out.println(now ? ended(resident) : stopped(resident));
      } catch (IOException e) {
        err.println("hookbus: " + e.getMessage());
        all = false;
      }
    }
    return all;
  }

  private static String stopped(Resident resident) {
    return switch (resident.state()) {
      case RUNNING -> "Stopped process " + resident.pid() + openCalls(resident.open()) + ".";
      case STARTING -> "Ended process " + resident.pid() + ", which was starting.";
      case ENDING -> "Process " + resident.pid() + " ends when its open calls are over.";
      case STUCK -> "Killed process " + resident.pid() + ", which did not answer.";
      case LEFT_BEHIND -> "Removed " + resident.socket() + ", which was left behind.";
    };
  }

  private static String ended(Resident resident) {
    return resident.state() == Resident.State.LEFT_BEHIND
        ? stopped(resident)
        : "Ended process " + resident.pid() + ".";
  }

  private static String openCalls(long open) {
    return open == 0 ? "" : "; it ends when its open calls are over: " + Text.count(open);
  }
}
