package dev.hookbus.cli;

import dev.hookbus.config.HookBusConfig;
import dev.hookbus.config.KillSwitch;
import dev.hookbus.install.Diagnosis;
import dev.hookbus.sink.CircuitBreaker;
import dev.hookbus.sink.SinkStatus;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import dev.hookbus.store.StoreStatus;
import dev.hookbus.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at the store that hooks record in, and at what waits in it to be delivered. */
final class StoreCheck {

  private static final long LITTLE_SPACE = 200L << 20;
  private static final Duration LONG_WAIT = Duration.ofHours(1);

  private final Settings settings;
  private final List<Diagnosis> findings = new ArrayList<>();

  private StoreCheck(Settings settings) {
    this.settings = settings;
  }

  static List<Diagnosis> of(Settings settings) throws IOException {
    StoreCheck check = new StoreCheck(settings);
    for (String problem : settings.problems()) {
      check.findings.add(Diagnosis.problem(problem, ".env", "correct it there"));
    }
    check.switches(settings.config());
    check.file();
    check.content();
    return check.findings;
  }

  private void switches(HookBusConfig config) {
    Path off = settings.database().resolveSibling(KillSwitch.FILE_NAME);
    if (!config.enabled()) {
      findings.add(
          Diagnosis.warning("nothing is recorded", "HOOKBUS_ENABLED", "set it to 1 in .env"));
    } else if (Files.exists(off)) {
      findings.add(Diagnosis.warning("recording is stopped", off, "remove this file"));
    }
  }

  private void file() throws IOException {
    Path database = settings.database();
    Path existing = database;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isReadable(existing) || !Files.isWritable(existing)) {
      findings.add(
          Diagnosis.problem(
              existing + " can't be read and written",
              database,
              "change its rights, or name another database by HOOKBUS_DB"));
    }
    if (Files.exists(database)
        && !PosixFilePermissions.toString(Files.getPosixFilePermissions(database))
            .endsWith("------")) {
      findings.add(
          Diagnosis.warning(
              "others can read what hooks record", database, "chmod 600 " + database));
    }
    long space = Files.getFileStore(existing).getUsableSpace();
    if (space < LITTLE_SPACE) {
      findings.add(
          Diagnosis.warning(
              "the disk has only " + Text.bytes(space) + " left",
              existing,
              "make room; 'hookbus cleanup' removes old records"));
    }
  }

  private void content() {
    DatabaseFile file = new DatabaseFile(settings.database());
    StoreUrl shared = settings.sharedStore();
    if (shared == null && !file.exists()) {
      findings.add(Diagnosis.ok("the first guarded call makes the database", file.path()));
      return;
    }
    try (Store store = shared == null ? file.open() : settings.openSharedStore()) {
      StoreStatus status = store.admin().status();
      findings.add(
          Diagnosis.ok(
              "the store is usable, with "
                  + Text.count(status.logRows(), "log row")
                  + " in "
                  + Text.bytes(status.bytes()),
              status.location()));
      long waiting = store.admin().waiting().records();
      if (waiting > 0) {
        findings.add(
            Diagnosis.warning(
                Text.count(waiting, "record") + " wait for the shared store",
                settings.database(),
                "see that it can be reached; the next hook sends them"));
      }
      for (SinkStatus sink : SinksListCommand.sinks(store)) {
        delivery(sink);
      }
    } catch (StoreException e) {
      findings.add(
          Diagnosis.problem(
              "the store can't be used: " + e.getMessage(),
              shared == null ? file.path() : shared,
              "correct HOOKBUS_DB or HOOKBUS_STORE_URL in .env, or move the file aside"));
    }
  }

  private void delivery(SinkStatus sink) {
    String where = "sink " + sink.sink();
    Duration oldest = sink.oldestAge();
    if (sink.deadLetters() > 0) {
      findings.add(
          Diagnosis.warning(
              Text.count(sink.deadLetters(), "event") + " could not be delivered",
              where,
              "see 'hookbus dead-letters list'; when that is put right, requeue them"));
    }
    if (sink.paused()) {
      findings.add(
          Diagnosis.warning("delivery is paused", where, "hookbus sinks resume " + sink.sink()));
    } else if (sink.breaker().state() == CircuitBreaker.State.OPEN
        || (oldest != null && oldest.compareTo(LONG_WAIT) > 0)) {
      String error = sink.lastError() == null ? "" : ": " + Text.oneLine(sink.lastError());
      findings.add(
          Diagnosis.warning(
              Text.count(sink.backlog(), "event") + " wait" + error,
              where,
              "put the receiver right, then run 'hookbus drain'"));
    }
  }
}
