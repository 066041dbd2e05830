package dev.hookbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.RecordingSink;
import dev.hookbus.store.Durability;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves that has chosen to record later. */
@Timeout(300)
class AsyncDeathTest {
  private static final int CALLS = 200;
  private static final String SINK = "receiver";

  @TempDir Path directory;

  @Test
  void workIsNotDoneTwice_andARowAndItsEventAreLostTogetherOrNotAtAll() throws Exception {
    Path database = directory.resolve("hooks.db");
    try (ChildJvm agent = ChildJvm.start(Agent.class, database.toString())) {
      for (int i = 0; i < CALLS; i++) {
        assertThat(agent.readLine()).isEqualTo("returned " + i);
      }
      agent.kill();
    }

    try (HookBus bus = HookBus.builder().database(database).build()) {
      Guard guard = bus.guard("tracker").build();
      for (int i = 0; i < CALLS; i++) {
        assertThat(guard.run(GuardKey.of("work", i), () -> {}).executed()).isFalse();
      }
    }
    RecordingSink sink = new RecordingSink(SINK);
    try (Store store = Store.sqlite(SqliteSettings.of(database));
        Dispatcher dispatcher = Dispatcher.builder(store.outbox()).sink(sink).build()) {
      assertThat(dispatcher.flush(Duration.ofMinutes(1)).complete()).isTrue();
      long skips = CALLS;
      assertThat(sink.received()).doesNotHaveDuplicates();
      assertThat(store.admin().status().logRows() - skips).isEqualTo(sink.received().size());
    }
  }

  /** Guards calls and names each that has returned, until it is killed. */
  static final class Agent {
    private Agent() {}

    public static void main(String[] args) {
      ChildJvm.endWithParent();
      HookBus bus =
          HookBus.builder()
              .database(Path.of(args[0]))
              .durability(Durability.ASYNC)
              .sinks(Set.of(SINK))
              .build();
      Guard guard = bus.guard("tracker").build();
      for (int i = 0; true; i++) {
        guard.run(GuardKey.of("work", i), () -> {});
        System.out.println("returned " + i);
      }
    }
  }
}
