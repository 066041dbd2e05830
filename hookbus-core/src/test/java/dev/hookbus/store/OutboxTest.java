package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  @TempDir Path dir;
  private long clockOffset;
  private Store store;
  private Outbox outbox;

  @BeforeEach
  void open() {
    store =
        Store.sqlite(new SqliteSettings(dir.resolve("hookbus.db"), false, 1, () -> clockOffset));
    outbox = store.outbox();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void entries_arrive_in_order_and_stay_until_every_sink_has_passed_them() throws Exception {
    outbox.register(List.of("a", "b"), budget());
    outbox.append(events(3), budget());

    OutboxLease a = lease("a");
    List<OutboxEntry> entries = outbox.read(a, 10, 1000, budget());
    assertThat(entries).extracting(e -> e.event().eventId()).containsExactly("0", "1", "2");
    assertThat(outbox.advance(a, passed(entries.get(2), 3), LEASE, budget())).isTrue();

    assertThat(backlog("a")).isZero();
    assertThat(backlog("b")).isEqualTo(3);
    assertThat(outbox.read(lease("b"), 10, 1000, budget())).hasSize(3);
  }

  @Test
  void sequences_go_on_after_everything_was_passed() throws Exception {
    outbox.register(List.of("a"), budget());
    long last = 0;
    OutboxLease lease = lease("a");
    for (int round = 0; round < 5; round++) {
      outbox.append(events(2), budget());
      List<OutboxEntry> entries = outbox.read(lease, 10, 1000, budget());
      assertThat(entries).hasSize(2);
      assertThat(entries.get(0).sequence()).isGreaterThan(last);
      last = entries.get(1).sequence();
      OutboxProgress progress = passed(entries.get(1), 2);
      assertThat(outbox.advance(lease, progress, LEASE, budget())).isTrue();
      lease = lease.with(progress.next());
    }

    outbox.release(lease, budget());
    assertThat(rows("outbox")).isEqualTo(1);
  }

  @Test
  void entries_that_were_passed_go_while_the_next_are_read_before_they_are_many() throws Exception {
    outbox.register(List.of("a"), budget());
    OutboxLease lease = lease("a");
    for (int round = 0; round < 30; round++) {
      outbox.append(large(10), budget());
      List<OutboxEntry> entries = outbox.read(lease, 10, 1L << 30, budget());
      OutboxProgress progress = passed(entries.get(9), 10);
      assertThat(outbox.advance(lease, progress, LEASE, budget())).isTrue();
      lease = lease.with(progress.next());
    }

    // Thirty times ten times 100 KB went through, and 16 MiB may stay.
    assertThat(rows("outbox")).isBetween(150L, 200L);
    assertThat(outbox.read(lease, 10, 1L << 30, budget())).isEmpty();
  }

  @Test
  void nothing_that_a_sink_waits_for_goes_with_what_others_have_passed() throws Exception {
    outbox.register(List.of("a", "b"), budget());
    outbox.append(events(2_500), budget());
    OutboxLease a = pass("a", 2_500);
    pass("b", 1_700);

    outbox.release(a, budget());

    assertThat(rows("outbox")).isEqualTo(800);
    assertThat(backlog("b")).isEqualTo(800);
    clockOffset += LEASE.toMillis() + 1;
    assertThat(outbox.read(lease("b"), 1, 1000, budget()).get(0).event().eventId())
        .isEqualTo("1700");
  }

  @Test
  void new_sink_starts_with_what_another_still_waits_for() throws Exception {
    outbox.register(List.of("a"), budget());
    outbox.append(events(5), budget());
    pass("a", 3);

    outbox.register(List.of("a", "new"), budget());

    assertThat(backlog("a")).isEqualTo(2);
    assertThat(outbox.read(lease("new"), 10, 1000, budget()))
        .extracting(e -> e.event().eventId())
        .containsExactly("3", "4");
  }

  @Test
  void read_stops_at_the_limits_but_gives_at_least_one() throws Exception {
    outbox.register(List.of("a"), budget());
    outbox.append(events(5), budget());
    OutboxLease lease = lease("a");

    assertThat(outbox.read(lease, 2, 1000, budget())).hasSize(2);
    assertThat(outbox.read(lease, 5, 20, budget())).hasSize(2);
    assertThat(outbox.read(lease, 5, 1, budget())).hasSize(1);
  }

  @Test
  void lease_has_one_holder_until_it_ends_and_the_late_one_changes_nothing() throws Exception {
    outbox.register(List.of("a"), budget());
    outbox.append(events(1), budget());
    OutboxLease first = lease("a");
    assertThat(outbox.lease("a", LEASE, budget())).isEmpty();

    clockOffset += LEASE.toMillis() + 1;
    OutboxLease second = lease("a");

    assertThat(second.fence()).isGreaterThan(first.fence());
    OutboxEntry entry = outbox.read(first, 1, 1000, budget()).get(0);
    assertThat(outbox.advance(first, passed(entry, 1), LEASE, budget())).isFalse();
    assertThat(backlog("a")).isEqualTo(1);
    outbox.release(first, budget());
    assertThat(outbox.lease("a", LEASE, budget())).isEmpty();
    outbox.release(second, budget());
    assertThat(outbox.lease("a", LEASE, budget())).isPresent();
  }

  @Test
  void clock_set_back_does_not_keep_a_lease_for_ever() throws Exception {
    outbox.register(List.of("a"), budget());
    lease("a");

    clockOffset -= Duration.ofDays(365).toMillis();

    assertThat(outbox.lease("a", LEASE, budget())).isPresent();
  }

  @Test
  void state_is_there_for_the_next_process() throws Exception {
    outbox.register(List.of("a"), budget());
    OutboxLease lease = lease("a");
    DeliveryState state =
        new DeliveryState(
            0, 3, Duration.ofSeconds(9), Instant.ofEpochMilli(12345), "HTTP 503", "OPEN 5 0 7");
    outbox.advance(lease, new OutboxProgress(state, 0, List.of(), Map.of()), LEASE, budget());
    store.close();
    open();
    clockOffset += LEASE.toMillis() + 1;

    assertThat(lease("a").state()).isEqualTo(state);
  }

  @Test
  void dead_letters_are_kept_with_their_reason_and_come_back_for_their_sink_only()
      throws Exception {
    outbox.register(List.of("a", "b"), budget());
    outbox.append(events(2), budget());
    OutboxLease a = lease("a");
    List<OutboxEntry> entries = outbox.read(a, 10, 1000, budget());
    outbox.advance(
        a,
        new OutboxProgress(
            at(entries.get(1).sequence()),
            1,
            List.of(new OutboxProgress.Dead(entries.get(0), "HTTP 400")),
            Map.of()),
        LEASE,
        budget());
    outbox.release(a, budget());

    List<DeadLetter> letters = outbox.deadLetters("a", 10, budget());
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).reason()).isEqualTo("HTTP 400");
    assertThat(letters.get(0).event()).isEqualTo(entries.get(0).event());
    assertThat(outbox.requeue("b", null, budget())).isZero();
    assertThat(outbox.requeue("a", List.of(letters.get(0).id()), budget())).isEqualTo(1);

    assertThat(outbox.deadLetters(null, 10, budget())).isEmpty();
    assertThat(outbox.read(lease("a"), 10, 1000, budget()))
        .extracting(e -> e.event().eventId())
        .containsExactly("0");
    assertThat(outbox.read(lease("b"), 10, 1000, budget())).hasSize(2);
  }

  @Test
  void purged_letters_are_counted() throws Exception {
    outbox.register(List.of("a"), budget());
    outbox.append(events(1), budget());
    OutboxLease a = lease("a");
    OutboxEntry entry = outbox.read(a, 1, 1000, budget()).get(0);
    outbox.advance(
        a,
        new OutboxProgress(
            at(entry.sequence()),
            0,
            List.of(new OutboxProgress.Dead(entry, "x")),
            Map.of("no place", 2)),
        LEASE,
        budget());

    assertThat(outbox.purge("a", null, budget())).isEqualTo(1);
    assertThat(status("a").dropped()).isEqualTo(Map.of("purged", 1L, "no place", 2L));
    assertThat(status("a").deadLetters()).isZero();
  }

  @Test
  void oldest_go_first_when_the_outbox_is_too_large_and_are_counted() throws Exception {
    outbox.register(List.of("a", "b"), budget());
    outbox.append(events(10), budget());
    OutboxLease a = lease("a");
    OutboxEntry third = outbox.read(a, 3, 1000, budget()).get(2);
    outbox.advance(a, passed(third, 3), LEASE, budget());

    long dropped = outbox.trim(new OutboxLimits(4, 1000, Duration.ofDays(1)), budget());

    assertThat(dropped).isEqualTo(6);
    assertThat(status("a").dropped()).isEqualTo(Map.of("outbox_full", 3L));
    assertThat(status("b").dropped()).isEqualTo(Map.of("outbox_full", 6L));
    assertThat(backlog("a")).isEqualTo(4);
    assertThat(backlog("b")).isEqualTo(4);
    assertThat(outbox.trim(new OutboxLimits(4, 1000, Duration.ofDays(1)), budget())).isZero();
    assertThat(outbox.trim(new OutboxLimits(4, 20, Duration.ofDays(1)), budget())).isEqualTo(2);
  }

  @Test
  void entries_that_are_too_old_go_and_the_cursor_does_not_come_back() throws Exception {
    outbox.register(List.of("a"), budget());
    outbox.append(events(3), budget());
    OutboxLease late = lease("a");
    OutboxEntry first = outbox.read(late, 1, 1000, budget()).get(0);
    clockOffset += Duration.ofDays(2).toMillis();
    outbox.append(events(1), budget());

    assertThat(outbox.trim(new OutboxLimits(100, 1000, Duration.ofDays(1)), budget())).isEqualTo(3);
    outbox.advance(late, passed(first, 1), LEASE, budget());

    assertThat(status("a").dropped()).isEqualTo(Map.of("outbox_age", 3L));
    assertThat(backlog("a")).isEqualTo(1);
  }

  @Test
  void paused_sink_gives_no_lease() throws Exception {
    outbox.register(List.of("a"), budget());
    outbox.append(events(1), budget());
    OutboxLease running = lease("a");
    outbox.pause("a", true, budget());

    assertThat(outbox.read(running, 1, 1000, budget())).isEmpty();
    outbox.release(running, budget());
    assertThat(outbox.lease("a", LEASE, budget())).isEmpty();
    assertThat(outbox.hasWork("a", budget())).isFalse();
    assertThat(status("a").paused()).isTrue();

    outbox.pause("a", false, budget());
    assertThat(outbox.hasWork("a", budget())).isTrue();
    assertThat(outbox.lease("a", LEASE, budget())).isPresent();
  }

  @Test
  void retired_sink_holds_nothing_back() throws Exception {
    outbox.register(List.of("a", "gone"), budget());
    outbox.append(events(3), budget());
    OutboxLease a = lease("a");
    outbox.advance(a, passed(outbox.read(a, 10, 1000, budget()).get(2), 3), LEASE, budget());

    outbox.retire("gone", budget());

    assertThat(rows("outbox")).isEqualTo(1);
    assertThat(outbox.status(budget())).extracting(OutboxStatus::sink).containsExactly("a");
  }

  @Test
  void drainer_has_one_holder() throws Exception {
    assertThat(outbox.leaseDrainer(1, LEASE, budget())).isTrue();
    assertThat(outbox.leaseDrainer(2, LEASE, budget())).isFalse();
    assertThat(outbox.leaseDrainer(1, LEASE, budget())).isTrue();
    outbox.releaseDrainer(2, budget());
    assertThat(outbox.leaseDrainer(2, LEASE, budget())).isFalse();
    outbox.releaseDrainer(1, budget());
    assertThat(outbox.leaseDrainer(2, LEASE, budget())).isTrue();
    clockOffset += LEASE.toMillis();
    assertThat(outbox.leaseDrainer(1, LEASE, budget())).isTrue();
  }

  @Test
  void rate_is_that_of_the_last_minute() throws Exception {
    outbox.register(List.of("a"), budget());
    outbox.append(events(1), budget());
    toTheStartOfAMinute();
    OutboxLease lease = lease("a");
    OutboxEntry entry = outbox.read(lease, 10, 1000, budget()).get(0);

    outbox.advance(lease, passed(entry, 600), LEASE, budget());
    assertThat(status("a").rate()).isBetween(10.0, 10.1);
    clockOffset += 60_000;
    assertThat(status("a").rate()).isBetween(5.0, 10.0);
    outbox.advance(lease, passed(entry, 300), LEASE, budget());
    assertThat(status("a").rate()).isBetween(10.0, 15.0);
    clockOffset += 120_000;
    assertThat(status("a").rate()).isZero();
    assertThat(status("a").delivered()).isEqualTo(900);
  }

  /** There is half a minute then for what is to happen within one. */
  private void toTheStartOfAMinute() {
    clockOffset = 60_000 - Math.floorMod(System.currentTimeMillis(), 60_000L);
  }

  private OutboxLease lease(String sink) throws StoreException {
    return outbox.lease(sink, LEASE, budget()).orElseThrow();
  }

  /** Delivers that many entries to a sink, and keeps its lease. */
  private OutboxLease pass(String sink, int entries) throws StoreException {
    OutboxLease lease = lease(sink);
    OutboxEntry last = outbox.read(lease, entries, 1L << 30, budget()).get(entries - 1);
    OutboxProgress progress = passed(last, entries);
    assertThat(outbox.advance(lease, progress, LEASE, budget())).isTrue();
    return lease.with(progress.next());
  }

  private long backlog(String sink) throws StoreException {
    return status(sink).backlog();
  }

  private OutboxStatus status(String sink) throws StoreException {
    return outbox.status(budget()).stream()
        .filter(s -> s.sink().equals(sink))
        .findFirst()
        .orElseThrow();
  }

  private long rows(String table) throws Exception {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("hookbus.db"));
        Statement statement = other.createStatement();
        java.sql.ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return rows.getLong(1);
    }
  }

  private static OutboxProgress passed(OutboxEntry last, int delivered) {
    return new OutboxProgress(at(last.sequence()), delivered, List.of(), Map.of());
  }

  private static DeliveryState at(long cursor) {
    return new DeliveryState(cursor, 0, Duration.ZERO, Instant.EPOCH, null, "");
  }

  private static List<OutgoingEvent> events(int count) {
    return IntStream.range(0, count).mapToObj(OutboxTest::event).toList();
  }

  private static List<OutgoingEvent> large(int count) {
    String body = "{\"text\":\"" + "x".repeat(100_000) + "\"}";
    return IntStream.range(0, count)
        .mapToObj(i -> new OutgoingEvent(Integer.toString(i), "progress", body, null))
        .toList();
  }

  private static OutgoingEvent event(int id) {
    return new OutgoingEvent(Integer.toString(id), "progress", "{\"id\":%3d}".formatted(id), null);
  }

  private static Budget budget() {
    return Budget.of(Duration.ofSeconds(5));
  }
}
