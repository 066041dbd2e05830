package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventHash;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventSource;
import dev.hookbus.event.EventType;
import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.payload.PayloadPipeline;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an announced log row to its entry in the outbox. */
class EventFeedTest {
  private static final EventSource SOURCE =
      new EventSource("host_54f8bbaedd28", true, "~/shop \"east\"", "shop");
  private static final String RUN = "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11";
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Instant ENDED = Instant.parse("2026-01-29T10:00:01.234Z");

  @TempDir Path dir;
  private long clockOffset;
  private Store store;
  private Outbox outbox;

  @BeforeEach
  void open() throws Exception {
    store = newStore();
    outbox = store.outbox();
    outbox.register(List.of("a"), budget());
  }

  private Store newStore() {
    return Store.sqlite(new SqliteSettings(dir.resolve("hookbus.db"), false, 1, () -> clockOffset));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void event_tells_what_the_row_tells() throws Exception {
    store.record(
        List.of(
            call("Edit", ExecutionStatus.SUCCESS, null).announced(announcement(1, "toolu_1")),
            call(null, ExecutionStatus.ERROR, "IOException: exit status 1: no")
                .announced(announcement(2, null)),
            call("Bash", ExecutionStatus.SUCCESS, null)),
        budget());

    List<OutboxEntry> entries = read();
    assertThat(entries).hasSize(2).extracting(OutboxEntry::recordedAt).containsOnly(ENDED);
    Event success = EventJson.read(entries.get(0).event().json());
    assertThat(success.type()).isEqualTo(EventType.TOOL_INVOCATION);
    assertThat(success.level()).isEqualTo(EventLevel.INFO);
    assertThat(success.ts()).isEqualTo(ENDED);
    assertThat(success.sessionId()).isEqualTo("sess_7QK2");
    assertThat(success.runId()).isEqualTo(RUN);
    assertThat(success.source()).isEqualTo(SOURCE);
    assertThat(success.hookEventName()).isEqualTo("PostToolUse");
    assertThat(success.toolName()).isEqualTo("Edit");
    assertThat(success.toolUseId()).isEqualTo("toolu_1");
    assertThat(success.msg()).isEqualTo("PostToolUse: Edit");
    assertThat(success.indexableText()).isEqualTo("PostToolUse: Edit | Tool: Edit");
    assertThat(success.data())
        .containsEntry("hook", "tracker")
        .containsEntry("status", "success")
        .containsEntry("duration_ms", 12.5)
        .containsEntry("correlation_id", "e97dbafd033f9c77")
        .containsEntry("degraded", false)
        .containsEntry("payload_bytes", 7L)
        .containsEntry(
            "payload_sha256", "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
    assertThat(success.hash()).isEqualTo(EventHash.ofJson(entries.get(0).event().json()));
    assertThat(entries.get(0).event().traceparent())
        .isEqualTo("00-3f0c5c1e6b0a4b579d0e2f4b0a6d7c11-e97dbafd033f9c77-01");

    Event failure = EventJson.read(entries.get(1).event().json());
    assertThat(failure.type()).isEqualTo(EventType.PROGRESS);
    assertThat(failure.level()).isEqualTo(EventLevel.ERROR);
    assertThat(failure.errorDetail().type()).isEqualTo("IOException");
    assertThat(failure.errorDetail().message()).isEqualTo("exit status 1: no");
    assertThat(failure.eventId()).isNotEqualTo(success.eventId());
  }

  @Test
  void order_is_that_of_recording_whatever_the_kind() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      if (i % 3 == 2) {
        outbox.append(
            List.of(new OutgoingEvent("e" + i, "decision", "{\"n\":" + i + "}", null)), budget());
        expected.add("decision");
      } else {
        store.record(List.of(announced(i)), budget());
        expected.add("tool_invocation");
      }
    }

    List<OutboxEntry> entries = read();
    assertThat(entries)
        .extracting(entry -> entry.event().eventType())
        .containsExactlyElementsOf(expected);
    assertThat(entries).extracting(OutboxEntry::sequence).isSorted();
  }

  @Test
  void cleanUp_passes_a_long_log_that_announces_nothing_and_keeps_the_event_behind_it()
      throws Exception {
    List<Execution> silent = new ArrayList<>();
    for (int i = 0; i < 4_500; i++) {
      silent.add(call("Edit", ExecutionStatus.SUCCESS, null));
    }
    store.record(silent, budget());
    store.record(List.of(announced(1)), budget());
    store.record(silent.subList(0, 10), budget());
    clockOffset = Duration.ofDays(400).toMillis();

    CleanupReport report = store.admin().cleanup(Duration.ofDays(1), Duration.ofMinutes(1));

    assertThat(report.logRows()).as("all but the newest").isEqualTo(4_510);
    assertThat(read()).hasSize(1);
  }

  @Test
  void each_row_becomes_one_event_whoever_makes_it() throws Exception {
    int calls = 3_000;
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (Store second = newStore();
        Store third = newStore()) {
      Future<?> producer =
          threads.submit(
              () -> {
                for (int i = 0; i < calls; i += 100) {
                  List<Execution> some = new ArrayList<>();
                  for (int j = i; j < i + 100; j++) {
                    some.add(announced(j));
                  }
                  store.record(some, budget());
                }
                return null;
              });
      List<Future<?>> feeders = new ArrayList<>();
      for (Store feeder : List.of(second, third)) {
        feeders.add(
            threads.submit(
                () -> {
                  while (!producer.isDone()) {
                    feeder.outbox().hasWork("a", budget());
                    feeder.outbox().append(List.of(), budget());
                  }
                  return null;
                }));
      }
      producer.get();
      for (Future<?> feeder : feeders) {
        feeder.get();
      }
    } finally {
      threads.shutdownNow();
    }

    outbox.append(List.of(), budget());
    List<OutboxEntry> entries = outbox.read(lease(), 2 * calls, 1L << 40, budget());
    assertThat(entries)
        .extracting(entry -> EventJson.read(entry.event().json()).toolUseId())
        .containsExactlyElementsOf(IntStream.range(0, calls).mapToObj(i -> "toolu_" + i).toList());
    assertThat(entries).extracting(entry -> entry.event().eventId()).doesNotHaveDuplicates();
  }

  @Test
  void rows_wait_in_the_log_and_are_counted_there() throws Exception {
    store.record(List.of(announced(1), announced(2)), budget());

    assertThat(outbox.status(budget()))
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.backlog()).isEqualTo(2);
              assertThat(status.oldest()).isEqualTo(ENDED);
            });
    assertThat(outbox.hasWork("a", budget())).isTrue();
    assertThat(outbox.status(budget()).get(0).backlog()).isEqualTo(2);
  }

  @Test
  void retention_takes_no_row_before_its_event_is_made() throws Exception {
    for (int i = 0; i < 1_500; i += 100) {
      List<Execution> some = new ArrayList<>();
      for (int j = i; j < i + 100; j++) {
        some.add(j % 10 == 0 ? announced(j) : call("Edit", ExecutionStatus.SUCCESS, null));
      }
      store.record(some, budget());
    }

    CleanupReport report = store.admin().cleanup(Duration.ofDays(1), Duration.ofMinutes(1));

    assertThat(report.logRows()).isEqualTo(1_499);
    assertThat(read()).hasSize(150);
  }

  @Test
  void row_is_all_there_is_of_an_event_that_nobody_delivers() throws Exception {
    store.record(List.of(announced(1)), budget());

    assertThat(number("SELECT count(*) FROM outbox")).isZero();
    assertThat(number("SELECT count(*) FROM hook_logs WHERE event_nonce IS NOT NULL")).isOne();
  }

  @Test
  void database_of_the_version_before_goes_on_with_what_it_holds() throws Exception {
    store.record(List.of(call("Edit", ExecutionStatus.SUCCESS, null)), budget());
    outbox.append(List.of(new OutgoingEvent("old", "progress", "{}", null)), budget());
    store.close();
    for (String column : List.of("event_nonce", "tool_use_id", "event_source")) {
      change("ALTER TABLE hook_logs DROP COLUMN " + column);
    }
    for (String column : List.of("rate_minute", "rate_now", "rate_before")) {
      change("ALTER TABLE sink_state DROP COLUMN " + column);
    }
    change("DELETE FROM hookbus_meta WHERE name = 'outbox_watermark'");
    change("PRAGMA user_version = 2");

    store = newStore();
    outbox = store.outbox();
    store.record(List.of(announced(7)), budget());

    assertThat(read())
        .extracting(entry -> entry.event().eventType())
        .containsExactly("progress", "tool_invocation");
    assertThat(store.admin().status().logRows()).isEqualTo(2);
    assertThat(outbox.status(budget()).get(0).rate()).isZero();
  }

  @Test
  void event_is_the_same_where_the_log_is_elsewhere() throws Exception {
    for (Execution call :
        List.of(
            call("Edit", ExecutionStatus.SUCCESS, null),
            call(null, ExecutionStatus.ERROR, "no type"))) {
      Announcement announcement = announcement(5, "toolu_1");
      store.record(List.of(call.announced(announcement)), budget());

      assertThat(read())
          .last()
          .extracting(OutboxEntry::event)
          .isEqualTo(AnnouncedCall.of(call, announcement).toEvent());
      clockOffset += LEASE.toMillis();
    }
  }

  private static Execution announced(int number) {
    return call("Edit", ExecutionStatus.SUCCESS, null)
        .announced(announcement(number, "toolu_" + number));
  }

  private static Announcement announcement(long nonce, @Nullable String toolUseId) {
    return new Announcement(nonce, toolUseId, SOURCE.toJson());
  }

  private static Execution call(
      @Nullable String tool, ExecutionStatus status, @Nullable String error) {
    return new Execution(
        "e97dbafd033f9c77",
        RUN,
        "sess_7QK2",
        "tracker",
        "PostToolUse",
        tool,
        status,
        ENDED.toEpochMilli(),
        12_500_000,
        1_000,
        false,
        PayloadPipeline.builder().build().process("{\"a\":1}"),
        false,
        error);
  }

  private List<OutboxEntry> read() throws StoreException {
    return outbox.read(lease(), 10_000, 1L << 30, budget());
  }

  private OutboxLease lease() throws StoreException {
    return outbox.lease("a", LEASE, budget()).orElseThrow();
  }

  private void change(String sql) throws Exception {
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws Exception {
    try (Connection other = connect();
        Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.getLong(1);
    }
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("hookbus.db"));
  }

  private static Budget budget() {
    return Budget.of(Duration.ofSeconds(30));
  }
}
