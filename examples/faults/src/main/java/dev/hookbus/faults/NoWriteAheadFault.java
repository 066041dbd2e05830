package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Lets the file system refuse what a write-ahead log needs, and then give it. */
final class NoWriteAheadFault implements Fault {

  private static final int CALLS = 20;

  @Override
  public String name() {
    return "no-wal";
  }

  @Override
  public String what() {
    return "a file system that refuses the shared memory of the write-ahead log";
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    Trial trial = new Trial();
    for (int round = 0; round < rounds; round++) {
      try (Scene part = scene.part("round-" + round)) {
        Path store = Files.createDirectories(part.directory().resolve("store"));
        // Where this name is taken SQLite gets no shared memory, as on disks that can't map files.
        Path obstacle = Files.createDirectory(store.resolve("hookbus.db-shm"));
        try (Child writer = trial.start(part)) {
          trial.writeInVain(
              writer, "refused", CALLS, "a call was on record without a write-ahead log");
          Files.delete(obstacle);
          trial.recover(
              writer, "allowed", "nothing is recorded although a write-ahead log is possible");
        }
        trial.judge(part);
        if (!part.column("PRAGMA journal_mode").get(0).equals("wal")) {
          trial.lost("the database has no write-ahead log");
        }
      }
    }
    return trial.outcome(rounds + " rounds");
  }
}
