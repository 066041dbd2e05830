package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookBusCliTest extends CliTest {

  private static final String KEY = "00112233445566778899aabbccddeeff";

  @Test
  void help_namesEveryCommandAndExitCode() {
    Outcome help = bare("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("status", "metrics", "tail", "keys", "cleanup", "selftest")
        .contains("0   success", "2   the command line is wrong", "4   the database is missing");
  }

  @Test
  void noCommand_isAUsageErrorThatShowsTheUsage() {
    Outcome nothing = bare();

    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.err()).startsWith("Usage: hookbus");
  }

  @Test
  void unknownCommand_isAUsageErrorWithASuggestion() {
    Outcome unknown = bare("statsu");

    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.err()).contains("'statsu'", "hookbus status", "Try 'hookbus --help'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "metrics", "tail", "keys", "keys list", "cleanup", "selftest"})
  void everyCommand_hasHelpWithTheDatabaseOption(String command) {
    Outcome help = bare((command + " --help").split(" "));

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: hookbus " + command).contains("--db=PATH");
    assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"metrics", "tail", "keys list", "keys release " + KEY + " --yes", "cleanup"})
  void missingDatabase_isNamedAndNotMade(String command) {
    Outcome missing = hookbus(command.split(" "));

    assertThat(missing.exitCode()).isEqualTo(4);
    assertThat(missing.out()).isEmpty();
    assertThat(missing.err())
        .hasLineCount(1)
        .contains("there is no database at " + database, "HOOKBUS_DB");
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics", "tail", "keys list", "cleanup"})
  void fileThatIsNoDatabase_isNamedAndLeftAlone(String command) throws IOException {
    Files.writeString(database, "these are somebody's notes, not a database");

    Outcome garbage = hookbus(command.split(" "));

    assertThat(garbage.exitCode()).isEqualTo(4);
    assertThat(garbage.err()).hasLineCount(1).contains("is no SQLite database", "HOOKBUS_DB");
    assertThat(directory).isDirectoryContaining(file -> file.equals(database));
    assertThat(database).hasContent("these are somebody's notes, not a database");
    assertThat(directory.toFile().list()).hasSize(1);
  }

  @Test
  void directoryAsDatabase_isNoDatabase() {
    Outcome outcome = bare("metrics", "--db", directory.toString());

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err()).hasLineCount(1).contains("is no SQLite database");
  }

  @Test
  void databaseOfAnotherProgram_isLeftAsItIs() throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE hook_logs (log_id INTEGER PRIMARY KEY, created_at TEXT)");
    }
    byte[] before = Files.readAllBytes(database);

    Outcome outcome = hookbus("metrics");

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err()).hasLineCount(1).contains("another program", "HOOKBUS_DB");
    assertThat(database).hasBinaryContent(before);
  }

  @Test
  void unreadableDatabase_isNamed() throws IOException {
    Files.createFile(database);
    assumeThat(database.toFile().setReadable(false)).isTrue();
    assumeThat(Files.isReadable(database)).as("this user may read everything").isFalse();

    Outcome outcome = hookbus("metrics");

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err()).hasLineCount(1).contains("can't read " + database, "HOOKBUS_DB");
  }

  @Test
  void verbose_addsTheStackTrace() {
    assertThat(hookbus("metrics").err()).doesNotContain("\tat ");
    assertThat(hookbus("metrics", "--verbose").err()).contains("\tat dev.hookbus.cli.");
  }
}
