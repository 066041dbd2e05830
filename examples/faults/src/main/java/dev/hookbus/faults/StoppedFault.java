package dev.hookbus.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Stops a writer with SIGSTOP in the middle of a transaction, so that the lock stays taken. */
final class StoppedFault implements Fault {

  private static final int CALLS = 10;
  private static final int MOST_TRIES = 2_000;
  private static final int SQLITE_BUSY = 5;

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
    List<String> losses = new ArrayList<>();
    Records records = new Records();
    Waits waits = new Waits();
    try (Child holder = Child.launch().budgetMillis(60_000).listener(records::hear).start(scene);
        Child other = Child.launch().listener(records::hear).start(scene)) {
      waits.hear(other.ask("write before 1"));
      holder.tell("write holder 1000000000");
      for (int round = 0; round < rounds; round++) {
        stopWithLock(holder, scene);
        if (waits.hear(other.ask("write stopped" + round + " " + CALLS)) != CALLS) {
          losses.add("a call was on record while another process held the lock");
        }
        holder.goOn();
        if (!Recovery.isReached(other, "after" + round)) {
          losses.add("nothing is recorded although the lock is free");
        }
      }
      holder.kill();
    }
    losses.addAll(records.judge(scene));
    return new Outcome.Ran(rounds + " stops", records.accepted(), losses, waits.toString());
  }

  private static void stopWithLock(Child holder, Scene scene)
      throws IOException, InterruptedException, SQLException {
    for (int i = 0; i < MOST_TRIES; i++) {
      holder.stop();
      if (isLocked(scene)) {
        return;
      }
      holder.goOn();
      Thread.sleep(i % 7);
    }
    throw new IllegalStateException("the writer was never stopped inside a transaction");
  }

  private static boolean isLocked(Scene scene) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + scene.database());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("ROLLBACK");
      return false;
    } catch (SQLException busy) {
      if ((busy.getErrorCode() & 0xff) == SQLITE_BUSY) {
        return true;
      }
      throw busy;
    }
  }
}
