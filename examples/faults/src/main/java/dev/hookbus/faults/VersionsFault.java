package dev.hookbus.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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
      try (Child running = Child.launch().listener(records::hear).start(part)) {
        waits.hear(running.ask("write before " + CALLS));
        int version = Integer.parseInt(part.column("PRAGMA user_version").get(0));

        running.tell("write migrated " + 5 * CALLS);
        execute(
            part,
            "BEGIN IMMEDIATE",
            "ALTER TABLE hook_logs ADD COLUMN of_a_newer_version TEXT",
            "CREATE TABLE of_a_newer_version (id INTEGER PRIMARY KEY)",
            "PRAGMA user_version = " + (version + 1),
            "COMMIT");
        refuseDegraded(losses, "while a newer version migrated", waits.hear(running.answer()));
        try (Child starting = Child.launch().listener(records::hear).start(part)) {
          refuseDegraded(
              losses, "on a newer version's tables", waits.hear(starting.ask("write on " + CALLS)));
        }

        execute(
            part,
            "UPDATE hookbus_meta SET value = " + (version + 1) + " WHERE name = 'min_writer'");
        try (Child refused = Child.launch().listener(records::hear).start(part)) {
          if (waits.hear(refused.ask("write refused " + CALLS)) != CALLS) {
            losses.add("it wrote to tables it does not know");
          }
        }

        // The tables of an older version: what it lacks is made by the first writer that comes.
        execute(
            part,
            "UPDATE hookbus_meta SET value = 1 WHERE name = 'min_writer'",
            "DROP TABLE of_a_newer_version",
            "PRAGMA user_version = " + (version - 1));
        try (Child one = Child.launch().listener(records::hear).start(part);
            Child two = Child.launch().listener(records::hear).start(part)) {
          one.tell("write one " + CALLS);
          two.tell("write two " + CALLS);
          running.tell("write old " + CALLS);
          refuseDegraded(losses, "while it migrated", waits.hear(one.answer()));
          refuseDegraded(losses, "while it migrated", waits.hear(two.answer()));
          refuseDegraded(losses, "beside a migration", waits.hear(running.answer()));
        }
        if (!part.column("PRAGMA user_version").get(0).equals(Integer.toString(version))) {
          losses.add("the older tables were not migrated");
        }
      }
      losses.addAll(records.judge(part));
      accepted += records.accepted();
      part.close();
    }
    return new Outcome.Ran(rounds + " rounds", accepted, losses, waits.toString());
  }

  private static void refuseDegraded(List<String> losses, String when, long degraded) {
    if (degraded > 0) {
      losses.add(degraded + " calls were not recorded " + when);
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
