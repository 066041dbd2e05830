package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Stops a writer with SIGSTOP in the middle of a transaction, so that the lock stays taken. */
final class StoppedFault implements Fault {

  private static final int CALLS = 10;
  private static final int MOST_TRIES = 2_000;

  /** Number, kind, mode, access, process, file, first and last byte of every lock there is. */
  private static final Path LOCKS = Path.of("/proc/locks");

  /** The byte that the one writer of a write-ahead log has locked. */
  private static final String WRITER = "120";

  @Override
  public String name() {
    return "stopped";
  }

  @Override
  public String what() {
    return "a writer stopped with SIGSTOP while it holds the lock, another one calling meanwhile";
  }

  @Override
  public int rounds() {
    return 50;
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    Trial trial = new Trial();
    try (Child holder = trial.start(Child.launch().budgetMillis(60_000), scene);
        Child other = trial.start(scene)) {
      trial.write(other, "before", 1);
      holder.tell("write holder 1000000000");
      for (int round = 0; round < rounds; round++) {
        stopWithLock(holder);
        trial.writeInVain(
            other,
            "stopped" + round,
            CALLS,
            "a call was on record while another process held the lock");
        holder.goOn();
        trial.recover(other, "after" + round, "nothing is recorded although the lock is free");
      }
      holder.kill();
    }
    trial.judge(scene);
    return trial.outcome(rounds + " stops");
  }

  private static void stopWithLock(Child holder) throws IOException, InterruptedException {
    for (int i = 0; i < MOST_TRIES; i++) {
      holder.stop();
      if (holdsLock(holder)) {
        return;
      }
      holder.goOn();
      Thread.sleep(i % 7);
    }
    throw new IllegalStateException("the writer was never stopped inside a transaction");
  }

  /**
   * Asked of the system: another connection that is refused does not know by whom, and the other
   * child holds the lock for a moment too when it moves pages out of the log.
   */
  private static boolean holdsLock(Child holder) throws IOException {
    for (String line : Files.readAllLines(LOCKS)) {
      String[] words = line.trim().split(" +", -1);
      if (words[1].equals("POSIX")
          && words[3].equals("WRITE")
          && words[4].equals(Long.toString(holder.pid()))
          && words[6].equals(WRITER)
          && words[7].equals(WRITER)) {
        return true;
      }
    }
    return false;
  }
}
