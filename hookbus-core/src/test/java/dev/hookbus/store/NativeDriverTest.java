package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.ChildJvm;
import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.KeyHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeDriverTest {

  @TempDir Path directory;

  /** An application that uses the driver itself, before or after the store, and a store. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
      if (args[1].equals("driver first")) {
        driver();
      }
      Store store = Store.sqlite(SqliteSettings.of(Path.of(args[0], "hookbus.db")));
      ClaimRequest request =
          new ClaimRequest(
              KeyHash.unambiguous("test", args[1]), "test", Duration.ofMinutes(1), null);
      Claim claim = store.claim(request, Budget.of(Duration.ofSeconds(10)));
      System.out.println(claim instanceof Claim.Acquired ? "acquired" : "refused");
      driver();
      System.out.println(
          Files.readString(Path.of("/proc/self/maps"))
              .lines()
              .filter(line -> line.contains("sqlitejdbc"))
              .map(line -> line.substring(line.indexOf('/')))
              .distinct()
              .count());
      store.close();
    }

    private static void driver() throws Exception {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
          ResultSet rows = connection.createStatement().executeQuery("SELECT 'driver works'")) {
        System.out.println(rows.getString(1));
      }
    }
  }

  private List<String> run(String order, String... options) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(Map.of(), List.of(options), Main.class, directory.toString(), order)) {
      return child.finish().lines().toList();
    }
  }

  @Test
  void driverAndStore_shareOneLibrary_whicheverComesFirst() throws Exception {
    assertThat(run("driver first", "-Dhookbus.sqlite=native"))
        .containsExactly("driver works", "acquired", "driver works", "1");
    assertThat(run("store first", "-Dhookbus.sqlite=native"))
        .containsExactly("acquired", "driver works", "1");
  }

  @Test
  void nativeMethods_keepJdbcOut_andJdbcStepsInForThem() throws Exception {
    assertThat(loaded("-Dhookbus.sqlite=native"))
        .contains("dev.hookbus.store.NativeSession ")
        .doesNotContain("dev.hookbus.store.SqliteJdbcSession ", "org.sqlite.SQLiteConfig ");
    assertThat(loaded("-Dhookbus.sqlite=jdbc"))
        .contains("dev.hookbus.store.SqliteJdbcSession ")
        .doesNotContain("dev.hookbus.store.NativeSession ");
  }

  /** The classes a process loads that only claims. */
  private String loaded(String option) throws Exception {
    Path log = directory.resolve("classes");
    try (ChildJvm child =
        ChildJvm.start(
            Map.of(),
            List.of(option, "-Xlog:class+load:file=" + log),
            OnlyStore.class,
            directory.toString())) {
      assertThat(child.finish()).isEqualTo("acquired\n");
    }
    String classes = Files.readString(log);
    Files.delete(log);
    return classes;
  }

  /** Only a store. */
  static final class OnlyStore {
    private OnlyStore() {}

    public static void main(String[] args) throws IOException, StoreException {
      try (Store store = Store.sqlite(SqliteSettings.of(Path.of(args[0], "hookbus.db")))) {
        ClaimRequest request =
            new ClaimRequest(
                KeyHash.unambiguous("test", System.nanoTime()),
                "test",
                Duration.ofMinutes(1),
                null);
        Claim claim = store.claim(request, Budget.of(Duration.ofSeconds(10)));
        System.out.println(claim instanceof Claim.Acquired ? "acquired" : "refused");
      }
    }
  }
}
