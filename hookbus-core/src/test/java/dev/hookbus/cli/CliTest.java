package dev.hookbus.cli;

import dev.hookbus.HookBus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as a shell would, on a database that a bus has written. */
abstract class CliTest {

  /** What a command left behind. */
  record Outcome(int exitCode, String out, String err) {}

  @TempDir Path directory;
  Path database;
  private final List<String> properties = new ArrayList<>();

  @BeforeEach
  void nameDatabase() {
    database = directory.resolve("hooks.db");
  }

  @AfterEach
  void clearProperties() {
    properties.forEach(System::clearProperty);
  }

  final void setProperty(String name, String value) {
    properties.add(name);
    System.setProperty(name, value);
  }

  final HookBus openBus() {
    return HookBus.builder().database(database).build();
  }

  /** Runs a command on this test's database. */
  final Outcome hookbus(String... args) {
    List<String> all = new ArrayList<>(List.of("--db", database.toString()));
    all.addAll(List.of(args));
    return bare(all.toArray(String[]::new));
  }

  /** Runs a command exactly as given. */
  static Outcome bare(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = HookBusCli.run(args, new PrintWriter(out), new PrintWriter(err));
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
