package dev.hookbus.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Lets another version of the library change the tables while this one is writing. */
final class VersionsFault implements Fault {

  private static final int CALLS = 100;

  @Override
  public String name() {
    return "versions";
  }

  @Override
  public String what() {
    return "a newer version adds a column and a table, then shuts this one out; an older one comes"
        + " back; two writers all the while";
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    Trial trial = new Trial();
    for (int round = 0; round < rounds; round++) {
      try (Scene part = scene.part("round-" + round)) {
        migrateUnderWriters(trial, part);
        trial.judge(part);
      }
    }
    return trial.outcome(rounds + " rounds");
  }

  private static void migrateUnderWriters(Trial trial, Scene part)
      throws IOException, InterruptedException, SQLException {
    try (Child running = trial.start(part)) {
      trial.write(running, "before", CALLS);
      int version = Integer.parseInt(part.column("PRAGMA user_version").get(0));

      running.tell("write migrated " + 5 * CALLS);
      execute(
          part,
          "BEGIN IMMEDIATE",
          "ALTER TABLE hook_logs ADD COLUMN of_a_newer_version TEXT",
          "CREATE TABLE of_a_newer_version (id INTEGER PRIMARY KEY)",
          "PRAGMA user_version = " + (version + 1),
          "COMMIT");
      trial.hearAll(running, "while a newer version migrated");
      try (Child starting = trial.start(part)) {
        trial.writeAll(starting, "on", CALLS, "on a newer version's tables");
      }

      execute(
          part, "UPDATE hookbus_meta SET value = " + (version + 1) + " WHERE name = 'min_writer'");
      try (Child refused = trial.start(part)) {
        trial.writeInVain(refused, "refused", CALLS, "it wrote to tables it does not know");
      }

      // The tables of an older version: what it lacks is made by the first writer that comes.
      execute(
          part,
          "UPDATE hookbus_meta SET value = 1 WHERE name = 'min_writer'",
          "DROP TABLE of_a_newer_version",
          "PRAGMA user_version = " + (version - 1));
      try (Child one = trial.start(part);
          Child two = trial.start(part)) {
        one.tell("write one " + CALLS);
        two.tell("write two " + CALLS);
        running.tell("write old " + CALLS);
        trial.hearAll(one, "while it migrated");
        trial.hearAll(two, "while it migrated");
        trial.hearAll(running, "beside a migration");
      }
      if (!part.column("PRAGMA user_version").get(0).equals(Integer.toString(version))) {
        trial.lost("the older tables were not migrated");
      }
    }
  }

  private static void execute(Scene scene, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + scene.database());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
