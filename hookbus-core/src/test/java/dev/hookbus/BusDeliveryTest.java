package dev.hookbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.config.DeliveryMode;
import dev.hookbus.config.HookBusConfigException;
import dev.hookbus.safety.Problem;
import dev.hookbus.sink.FlushReport;
import dev.hookbus.sink.JsonlSink;
import dev.hookbus.sink.Sink;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a guarded call to its line at the receiver. */
class BusDeliveryTest {

  @TempDir Path directory;

  private Path events() {
    return directory.resolve("events");
  }

  private HookBusBuilder builder() {
    return HookBus.builder().database(directory.resolve("hooks.db"));
  }

  private Sink jsonl() {
    return JsonlSink.in(events()).build();
  }

  private List<JsonNode> received() throws IOException {
    List<JsonNode> received = new ArrayList<>();
    if (!Files.exists(events())) {
      return received;
    }
    try (Stream<Path> files = Files.list(events())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          received.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return received;
  }

  @Test
  void guardedCalls_reachTheSinkWithTheirIds() throws Exception {
    try (HookBus bus = builder().sink(jsonl()).build()) {
      Guard guard =
          bus.guard("tracker")
              .event("PostToolUse")
              .build()
              .with(
                  Invocation.ofSession("s1")
                      .withTool("Edit")
                      .withToolUseId("toolu_1")
                      .withPayload("{\"a\":1}"));
      guard.call(GuardKey.of("k", 1), () -> "ran");
      guard.call(GuardKey.of("k", 1), () -> "ran");
      guard.callSafely(
          GuardKey.none(),
          () -> {
            throw new IllegalStateException("broken at ann@example.com");
          });

      assertThat(bus.flush(Duration.ofSeconds(30)).complete()).isTrue();
    }

    List<JsonNode> received = received();
    assertThat(received).hasSize(2);
    JsonNode success = received.get(0);
    assertThat(success.get("event_type").asText()).isEqualTo("tool_invocation");
    assertThat(success.get("session_id").asText()).isEqualTo("s1");
    assertThat(success.get("tool_use_id").asText()).isEqualTo("toolu_1");
    assertThat(success.get("data").get("payload_bytes").asInt()).isEqualTo(7);
    JsonNode failure = received.get(1);
    assertThat(failure.get("level").asText()).isEqualTo("error");
    assertThat(failure.get("error_detail").get("type").asText()).isEqualTo("IllegalStateException");
    assertThat(failure.toString()).doesNotContain("ann@example.com");
    assertThat(success.get("data").get("correlation_id"))
        .isEqualTo(failure.get("data").get("correlation_id"));
  }

  @Test
  void emittedEvents_reachTheSink() throws Exception {
    try (HookBus bus = builder().sink(jsonl()).delivery(DeliveryMode.INLINE).build()) {
      assertThat(bus.emit(bus.events("s1").decision("use SQLite", "one file"))).isTrue();
    }

    assertThat(received())
        .singleElement()
        .satisfies(event -> assertThat(event.get("event_type").asText()).isEqualTo("decision"));
  }

  @Test
  void withoutSinks_nothingIsKeptForThem() {
    try (HookBus bus = builder().build()) {
      assertThat(bus.emit(bus.events("s1").decision("a", "b"))).isFalse();
      assertThat(bus.flush(Duration.ofSeconds(1)).complete()).isTrue();
      assertThat(bus.telemetry().sinks()).isEmpty();
    }
  }

  @Test
  void backlog_isSeenInTheGauges() {
    try (HookBus bus = builder().sink(jsonl()).delivery(DeliveryMode.INLINE).build()) {
      bus.emit(bus.events("s1").decision("a", "b"));

      assertThat(bus.telemetry().sinks())
          .singleElement()
          .satisfies(
              gauge -> {
                assertThat(gauge.sink()).isEqualTo("jsonl");
                assertThat(gauge.backlog()).isEqualTo(1);
              });
      assertThat(bus.flush(Duration.ofSeconds(30)).delivered()).isEqualTo(1);
      assertThat(bus.telemetry().sinks().get(0).delivered()).isEqualTo(1);
    }
  }

  @Test
  void sinkThatDoesNotExist_isRefusedByTheBuilderAndKeptForBetterTimesByTheEnvironment()
      throws Exception {
    HookBusBuilder builder =
        builder().sinks(Set.of("carrier-pigeon")).delivery(DeliveryMode.BACKGROUND);

    assertThatThrownBy(builder::build)
        .isInstanceOf(HookBusConfigException.class)
        .hasMessageContainingAll("HOOKBUS_SINKS", "jsonl")
        .hasMessageNotContaining("carrier-pigeon");
    assertThat(hook(Map.of("HOOKBUS_SINKS", "carrier-pigeon", "HOOKBUS_DELIVERY", "background")))
        .isEqualTo("ran\n");
  }

  /** A hook of one call. */
  static final class Hook {
    public static void main(String[] arguments) {
      try (HookBus bus = HookBus.fromEnvironment()) {
        System.out.println(bus.guard("hook").build().call(GuardKey.none(), () -> "ran").orElse(""));
      }
    }
  }

  private String hook(Map<String, String> more, String... options) throws Exception {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "HOOKBUS_ENABLED", "1",
                "HOOKBUS_DB", directory.resolve("hooks.db").toString(),
                "ZO_EVENT_LOG_DIR", events().toString()));
    environment.putAll(more);
    return ChildJvm.start(environment, List.of(options), Hook.class).finish();
  }

  @Test
  void providerThatCannotBeLoaded_holdsUpNoOther() throws Exception {
    Path broken = directory.resolve("broken");
    Path services = Files.createDirectories(broken.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.hookbus.sink.SinkProvider"), "com.example.Missing\n");

    hook(
        Map.of("HOOKBUS_SINKS", "missing,jsonl", "HOOKBUS_DELIVERY", "inline"),
        "-cp",
        broken + File.pathSeparator + System.getProperty("java.class.path"));

    assertThat(received()).hasSize(1);
  }

  @Test
  void flush_countsWhatIsLeftForASinkThatCannotBeMade() throws Exception {
    try (HookBus bus =
        builder()
            .sink(jsonl())
            .sinks(Set.of("carrier-pigeon"))
            .delivery(DeliveryMode.INLINE)
            .build()) {
      bus.emit(bus.events("s1").decision("use SQLite", "one file"));

      FlushReport report = bus.flush(Duration.ofSeconds(30));

      assertThat(report).isEqualTo(new FlushReport(1, 1, 0, 0));
      assertThat(bus.telemetry().problems()).containsEntry(Problem.BAD_FLAG, 1L);
    }
  }

  @Test
  void hookProcess_leavesItsEventsToADrainerThatEndsByItself() throws Exception {
    Path classes = directory.resolve("classes");

    assertThat(hook(Map.of("HOOKBUS_SINKS", "jsonl"), "-Xlog:class+load:file=" + classes))
        .isEqualTo("ran\n");

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (received().isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(received()).hasSize(1);
    assertThat(Files.readString(classes))
        .doesNotContain("java.net.http", "java.net.HttpURLConnection", "SinkRunner");
  }

  @Test
  void hookProcessWithoutSinks_leavesNoChild() throws Exception {
    Path classes = directory.resolve("classes");

    hook(Map.of(), "-Xlog:class+load:file=" + classes);

    assertThat(Files.readString(classes))
        .contains("dev.hookbus.GuardRun")
        .doesNotContain("dev.hookbus.Drainer", "dev.hookbus.event.Event", "sink.Dispatcher");
  }
}
