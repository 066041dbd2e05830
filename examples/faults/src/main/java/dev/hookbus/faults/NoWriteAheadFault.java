package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
  public int rounds() {
    return 20;
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
      Path store = Files.createDirectories(part.directory().resolve("store"));
      // Where this name is taken SQLite gets no shared memory, as on disks that can't map files.
      Path obstacle = Files.createDirectory(store.resolve("hookbus.db-shm"));
      try (Child writer = Child.launch().listener(records::hear).start(part)) {
        if (waits.hear(writer.ask("write refused " + CALLS)) != CALLS) {
          losses.add("a call was on record without a write-ahead log");
        }
        Files.delete(obstacle);
        if (!Recovery.isReached(writer, "allowed")) {
          losses.add("nothing is recorded although a write-ahead log is possible");
        }
      }
      losses.addAll(records.judge(part));
      if (!part.column("PRAGMA journal_mode").get(0).equals("wal")) {
        losses.add("the database has no write-ahead log");
      }
      accepted += records.accepted();
      part.close();
    }
    return new Outcome.Ran(rounds + " rounds", accepted, losses, waits.toString());
  }
}
