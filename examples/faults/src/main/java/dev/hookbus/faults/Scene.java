package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with a database and a place for delivered events. */
record Scene(Path directory) implements AutoCloseable {

  /** A scene in a temporary directory of its own. */
  static Scene create() throws IOException {
    return new Scene(Files.createTempDirectory("hookbus-faults"));
  }

  Path database() {
    return directory.resolve("store").resolve("hookbus.db");
  }

  /** The directory of the JSONL sink. */
  Path events() {
    return directory.resolve("events");
  }

  /** Another scene in a directory below, for the next round. */
  Scene part(String name) throws IOException {
    return new Scene(Files.createDirectories(directory.resolve(name)));
  }

  /** One text column of the database, read without the library. */
  List<String> column(String sql) throws SQLException {
    return column(database(), sql);
  }

  static List<String> column(Path file, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    }
    return values;
  }

  /** Files beside the database that were moved out of the way. */
  List<Path> setAside() throws IOException {
    Path store = database().getParent();
    if (store == null || !Files.exists(store)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(store)) {
      return files
          .filter(file -> !file.toString().endsWith(".lock") && file.toString().contains(".db."))
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
