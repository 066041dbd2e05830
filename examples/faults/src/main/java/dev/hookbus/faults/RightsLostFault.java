package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
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
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    String obstacle = Rights.obstacle();
    if (!obstacle.isEmpty()) {
      return new Outcome.Skipped(obstacle);
    }
    Trial trial = new Trial();
    String silent = "nothing is recorded although the rights are back";
    try (Child running = trial.start(Rights.launch(), scene)) {
      trial.write(running, "before", CALLS);
      for (int round = 0; round < rounds; round++) {
        set(scene, "r--------", "r-x------");
        trial.write(running, "running" + round, CALLS);
        try (Child starting = trial.start(Rights.launch(), scene)) {
          trial.writeInVain(
              starting,
              "refused" + round,
              CALLS,
              "a call was on record without the right to write");
          set(scene, "rw-------", "rwx------");
          trial.recover(starting, "given" + round, silent);
          trial.recover(running, "again" + round, silent);
        }
      }
    }
    trial.judge(scene);
    return trial.outcome(rounds + " rounds");
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
