package dev.hookbus.benchmarks.scale;

import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Execution;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Whether claims and records get slower as the tables grow: with the files in the operating
 * system's memory, or left to the disk.
 */
final class Growth {

  private static final int ROUNDS = 150;
  private static final int WARM_UP_ROUNDS = 15;
  private static final int CALLS = 200;

  /** One database with its times. */
  private static final class Subject {
    final int rows;
    final Store store;
    final Timings claims = new Timings();
    final Timings records = new Timings();

    Subject(int rows, Path file) {
      this.rows = rows;
      this.store = Store.sqlite(SqliteSettings.of(file));
    }
  }

  private final Map<Integer, Path> files;
  private final boolean inMemory;
  private long number = System.nanoTime();

  Growth(Map<Integer, Path> files, boolean inMemory) {
    this.files = files;
    this.inMemory = inMemory;
  }

  void print(Markdown out) throws Exception {
    for (Path file : files.values()) {
      if (inMemory) {
        FileCache.fill(file);
      } else {
        FileCache.empty(file);
      }
    }
    List<Subject> subjects = new ArrayList<>();
    files.forEach((rows, file) -> subjects.add(new Subject(rows, file)));
    try {
      measure(subjects);
    } finally {
      subjects.forEach(subject -> subject.store.close());
    }
    Subject empty = subjects.get(0);
    out.title(inMemory ? "Growth, files in memory" : "Growth, files on disk only");
    out.text(
        "The median of single calls; the mean, without a pause between calls, holds what the disk"
            + " takes to move random pages.");
    out.head(
        "rows and keys", "claim, us", "x empty", "mean, us", "log row, us", "x empty", "mean, us");
    for (Subject subject : subjects) {
      out.row(
          Markdown.count(subject.rows),
          Markdown.micros(subject.claims.median()),
          Markdown.number((double) subject.claims.median() / empty.claims.median()),
          Markdown.micros(subject.claims.mean()),
          Markdown.micros(subject.records.median()),
          Markdown.number((double) subject.records.median() / empty.records.median()),
          Markdown.micros(subject.records.mean()));
    }
  }

  private void measure(List<Subject> subjects) throws StoreException {
    List<Subject> order = new ArrayList<>(subjects);
    Random random = new Random(1);
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      Collections.shuffle(order, random);
      for (Subject subject : order) {
        time(subject.store, this::claim, round < 0 ? new Timings() : subject.claims);
        time(subject.store, this::record, round < 0 ? new Timings() : subject.records);
      }
    }
  }

  /** One call on a store. */
  @FunctionalInterface
  private interface Call {
    void on(Store store) throws StoreException;
  }

  private static void time(Store store, Call call, Timings timings) throws StoreException {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      call.on(store);
      long end = System.nanoTime();
      timings.add(end - start);
      start = end;
    }
  }

  private void claim(Store store) throws StoreException {
    var unused =
        store.claim(
            new ClaimRequest(
                KeyHash.unambiguous("growth", number++), "growth", Duration.ofMinutes(1), null),
            budget());
  }

  private void record(Store store) throws StoreException {
    store.record(List.of(execution("growth", 1_000_000)), budget());
  }

  static Budget budget() {
    return Budget.of(Duration.ofSeconds(10));
  }

  static Execution execution(String hook, long nanos) {
    return new Execution(
        "0123456789abcdef",
        "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11",
        "9b1f6c7e-27a5-4c0c-8e52-0d7a1f3b5e90",
        hook,
        "PostToolUse",
        "Edit",
        ExecutionStatus.SUCCESS,
        System.currentTimeMillis(),
        nanos,
        1_000,
        false,
        null,
        false,
        null);
  }
}
