package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.ChildJvm;
import dev.hookbus.store.Budget;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainerProcessTest {
  @TempDir Path dir;

  @Test
  void hook_records_starts_the_drainer_and_leaves() throws Exception {
    long drainer;
    try (ChildJvm hook = ChildJvm.start(HookMain.class, dir.toString())) {
      drainer = Long.parseLong(hook.readLine());
      assertThat(hook.readLine()).isEqualTo("no second one");
      hook.finish();
    }

    var process = ProcessHandle.of(drainer);
    if (process.isPresent()) {
      process.get().onExit().get(60, TimeUnit.SECONDS);
    }
    assertThat(JsonlFiles.lines(dir.resolve("events"))).containsExactly("{\"event_id\":\"1\"}");
  }

  @Test
  void drainer_that_cannot_be_started_leaves_the_right_to_others() throws Exception {
    try (Store store = Store.sqlite(SqliteSettings.of(dir.resolve("hookbus.db")))) {
      assertThatThrownBy(
              () ->
                  DrainerProcess.startUnlessRunning(
                      store.outbox(), holder -> List.of("\0"), budget()))
          .isInstanceOf(IOException.class);

      assertThat(store.outbox().leaseDrainer(1, Duration.ofSeconds(1), budget())).isTrue();
    }
  }

  private static Budget budget() {
    return Budget.of(Duration.ofSeconds(10));
  }

  /** A hook: one event, one drainer, and out. */
  static final class HookMain {
    private HookMain() {}

    public static void main(String[] args) throws Exception {
      try (Store store = Store.sqlite(SqliteSettings.of(Path.of(args[0], "hookbus.db")))) {
        store
            .outbox()
            .append(
                List.of(new OutgoingEvent("1", "progress", "{\"event_id\":\"1\"}", null)),
                budget());
        System.out.println(start(store, args[0]).orElseThrow().pid());
        System.out.println(start(store, args[0]).isEmpty() ? "no second one" : "two");
      }
    }

    private static java.util.Optional<ProcessHandle> start(Store store, String dir)
        throws Exception {
      return DrainerProcess.startUnlessRunning(
          store.outbox(),
          holder -> {
            List<String> command =
                new java.util.ArrayList<>(DrainerProcess.java(DrainMain.class.getName(), holder));
            command.add(dir);
            return command;
          },
          budget());
    }
  }

  /** The drainer: {@code drain --holder n dir}. */
  static final class DrainMain {
    private DrainMain() {}

    public static void main(String[] args) {
      try (Store store = Store.sqlite(SqliteSettings.of(Path.of(args[3], "hookbus.db")));
          Dispatcher dispatcher =
              Dispatcher.builder(store.outbox())
                  .sink(JsonlSink.in(Path.of(args[3], "events")).build())
                  .build()) {
        var unused =
            dispatcher.drain(Long.parseLong(args[2]), Duration.ofMillis(100), Duration.ZERO);
      }
    }
  }
}
