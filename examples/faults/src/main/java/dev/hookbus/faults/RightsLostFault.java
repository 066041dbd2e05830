package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Takes the rights to the database away while a writer has it open and another one starts. */
final class RightsLostFault implements Fault {

  private static final int CALLS = 40;

  @Override
  public String name() {
    return "rights-lost";
  }

  @Override
  public String what() {
    return "rights to the file and its directory taken away under a running writer and a starting"
        + " one, and given back";
  }

  @Override
  public int rounds() {
    return 20;
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    String obstacle = Rights.obstacle();
    if (!obstacle.isEmpty()) {
      return new Outcome.Skipped(obstacle);
    }
    List<String> losses = new ArrayList<>();
    Records records = new Records();
    Waits waits = new Waits();
    try (Child running = Rights.launch().listener(records::hear).start(scene)) {
      waits.hear(running.ask("write before " + CALLS));
      for (int round = 0; round < rounds; round++) {
        set(scene, "r--------", "r-x------");
        waits.hear(running.ask("write running" + round + " " + CALLS));
        try (Child starting = Rights.launch().listener(records::hear).start(scene)) {
          if (waits.hear(starting.ask("write refused" + round + " " + CALLS)) != CALLS) {
            losses.add("a call was on record without the right to write");
          }
          set(scene, "rw-------", "rwx------");
          if (!Recovery.isReached(starting, "given" + round)
              || !Recovery.isReached(running, "again" + round)) {
            losses.add("nothing is recorded although the rights are back");
          }
        }
      }
    }
    losses.addAll(records.judge(scene));
    return new Outcome.Ran(rounds + " rounds", records.accepted(), losses, waits.toString());
  }

  private static void set(Scene scene, String ofFiles, String ofDirectory) throws IOException {
    Path database = scene.database();
    Path directory = scene.directory().resolve("store");
    if (ofDirectory.contains("w")) {
      Rights.set(directory, ofDirectory);
    }
    for (String suffix : List.of("", "-wal", "-shm")) {
      Rights.set(database.resolveSibling(database.getFileName() + suffix), ofFiles);
    }
    Rights.set(directory, ofDirectory);
  }
}
