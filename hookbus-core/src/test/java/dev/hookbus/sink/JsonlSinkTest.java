package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlSinkTest {
  private static final String TODAY = "events-20260129.jsonl";

  @TempDir Path dir;
  private Instant now = Instant.parse("2026-01-29T23:59:59Z");
  private final InstantSource clock = () -> now;

  @Test
  void file_is_named_by_the_utc_day() throws Exception {
    Sink sink = builder().build();

    sink.deliver(events("a"));
    now = now.plusSeconds(1);
    sink.deliver(events("b"));

    assertThat(JsonlFiles.names(dir)).containsExactly(TODAY, "events-20260130.jsonl");
  }

  @Test
  void only_the_owner_can_read() throws Exception {
    Path events = dir.resolve("deep/events");

    JsonlSink.in(events).clock(clock).build().deliver(events("a"));

    assertThat(permissions(events)).isEqualTo("rwx------");
    assertThat(permissions(events.resolve(TODAY))).isEqualTo("rw-------");
    assertThat(permissions(events.resolve(".lock"))).isEqualTo("rw-------");
  }

  @Test
  void layout_of_an_envelope_never_breaks_its_line() throws Exception {
    builder().build().deliver(List.of(event("{\n  \"a\": \"x\\ny\",\r\n  \"b\": 1\n}")));

    assertThat(JsonlFiles.lines(dir)).containsExactly("{   \"a\": \"x\\ny\",    \"b\": 1 }");
  }

  @Test
  void line_torn_at_any_byte_is_removed_before_the_next_is_written() throws Exception {
    String whole = "{\"event_id\":\"é\"}\n";
    byte[] torn = "{\"event_id\":\"日本\"}".getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= torn.length; cut++) {
      Path file = dir.resolve(TODAY);
      Files.writeString(file, whole + whole);
      byte[] head = java.util.Arrays.copyOf(torn, cut);
      Files.write(file, head, StandardOpenOption.APPEND);

      builder().build().deliver(events("next"));

      assertThat(Files.readString(file)).isEqualTo(whole + whole + "{\"event_id\":\"next\"}\n");
    }
  }

  @Test
  void torn_line_longer_than_a_block_is_removed() throws Exception {
    Files.writeString(dir.resolve(TODAY), "{}\n" + "x".repeat(30_000));

    builder().build().deliver(events("next"));

    assertThat(JsonlFiles.lines(dir)).containsExactly("{}", "{\"event_id\":\"next\"}");
  }

  @Test
  void file_with_nothing_but_a_torn_line_starts_afresh() throws Exception {
    Files.writeString(dir.resolve(TODAY), "x".repeat(30_000));

    builder().build().deliver(events("next"));

    assertThat(JsonlFiles.lines(dir)).containsExactly("{\"event_id\":\"next\"}");
  }

  @Test
  void full_file_is_set_aside_under_the_next_number() throws Exception {
    Sink sink = builder().maxFileBytes(50).build();

    for (String id : List.of("a", "b", "c", "d", "e", "f", "g")) {
      sink.deliver(events(id));
    }

    assertThat(JsonlFiles.names(dir))
        .containsExactly(
            "events-20260129.1.jsonl", "events-20260129.2.jsonl", "events-20260129.3.jsonl", TODAY);
    assertThat(JsonlFiles.lines(dir)).hasSize(7).isSorted();
  }

  @Test
  void closed_days_are_compressed_and_stay_readable() throws Exception {
    Sink sink = builder().gzip(true).maxFileBytes(30).build();
    sink.deliver(events("a"));
    sink.deliver(events("b"));
    now = now.plus(Duration.ofDays(1));

    sink.deliver(events("c"));

    assertThat(JsonlFiles.names(dir))
        .containsExactly(
            "events-20260129.1.jsonl.gz", "events-20260129.jsonl.gz", "events-20260130.jsonl");
    assertThat(JsonlFiles.lines(dir)).hasSize(3).isSorted();
    assertThat(permissions(dir.resolve("events-20260129.jsonl.gz"))).isEqualTo("rw-------");
  }

  @Test
  void files_older_than_the_retention_are_deleted_and_others_left_alone() throws Exception {
    for (String name :
        List.of(
            "events-20260120.jsonl",
            "events-20260121.2.jsonl.gz",
            "events-20260122.jsonl",
            "events-20269999.jsonl",
            "events-x.jsonl",
            "notes.txt")) {
      Files.createFile(dir.resolve(name));
    }

    builder().retentionDays(7).build().deliver(events("a"));

    assertThat(JsonlFiles.names(dir))
        .containsExactly(
            "events-20260122.jsonl", TODAY, "events-20269999.jsonl", "events-x.jsonl", "notes.txt");
  }

  @Test
  void oldest_files_go_when_all_together_are_too_large() throws Exception {
    Sink sink = builder().maxFileBytes(20).maxTotalBytes(45).build();

    for (String id : List.of("a", "b", "c", "d", "e")) {
      sink.deliver(events(id));
    }

    assertThat(JsonlFiles.lines(dir))
        .containsExactly("{\"event_id\":\"c\"}", "{\"event_id\":\"d\"}", "{\"event_id\":\"e\"}");
  }

  @Test
  void lines_are_whole_when_processes_and_threads_write_together() throws Exception {
    int processes = 3;
    int batches = 60;
    List<Process> children = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      children.add(
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  JsonlWriterMain.class.getName(),
                  dir.toString(),
                  "p" + i,
                  Integer.toString(batches))
              .inheritIO()
              .start());
    }
    for (Process child : children) {
      assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isZero();
    }

    List<String> lines = JsonlFiles.lines(dir);

    assertThat(lines)
        .hasSize(processes * JsonlWriterMain.THREADS * batches * JsonlWriterMain.BATCH_SIZE)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.matches("\\{\"event_id\":\"p\\d-\\d-\\d+-\\d+\",\"pad\":\"x+\"}"));
    assertThat(JsonlFiles.names(dir)).hasSizeGreaterThan(2);
  }

  @Test
  void forced_batch_is_delivered_too() throws Exception {
    assertThat(builder().fsync(true).build().deliver(events("a")).settledPrefix()).isEqualTo(1);
  }

  @Test
  void provider_is_found_by_service_loader_and_reads_its_flags() throws Exception {
    SinkProvider provider =
        ServiceLoader.load(SinkProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.name().equals("jsonl"))
            .findFirst()
            .orElseThrow();

    provider.create(SinkSettings.of(Map.of("HOME", dir.toString())::get)).deliver(events("a"));
    provider
        .create(SinkSettings.of(Map.of("ZO_EVENT_LOG_DIR", dir.resolve("logs").toString())::get))
        .deliver(events("b"));

    assertThat(JsonlFiles.lines(dir.resolve(".zo/claude-events"))).hasSize(1);
    assertThat(JsonlFiles.lines(dir.resolve("logs"))).hasSize(1);
  }

  @Test
  void limits_out_of_range_are_refused() {
    assertThatThrownBy(() -> builder().maxFileBytes(0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder().maxTotalBytes(0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder().retentionDays(-1).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private JsonlSink.Builder builder() {
    return JsonlSink.in(dir).clock(clock);
  }

  private static List<OutboxEvent> events(String... ids) {
    return java.util.Arrays.stream(ids).map(id -> event("{\"event_id\":\"" + id + "\"}")).toList();
  }

  private static OutboxEvent event(String json) {
    return new OutboxEvent(1, "id", "progress", json, null, Instant.EPOCH);
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** A child process: several threads, each with a sink of its own, write to one directory. */
  static final class JsonlWriterMain {
    static final int THREADS = 2;
    static final int BATCH_SIZE = 5;

    private JsonlWriterMain() {}

    public static void main(String[] args) throws Exception {
      List<Thread> threads =
          IntStream.range(0, THREADS).mapToObj(t -> new Thread(() -> write(args, t))).toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private static void write(String[] args, int thread) {
      try (Sink sink = JsonlSink.in(Path.of(args[0])).maxFileBytes(100_000).build()) {
        for (int b = 0; b < Integer.parseInt(args[2]); b++) {
          List<OutboxEvent> batch = new ArrayList<>();
          for (int i = 0; i < BATCH_SIZE; i++) {
            String id = args[1] + "-" + thread + "-" + b + "-" + i;
            String pad = "x".repeat(1 + (b * 7919 + i) % 3000);
            batch.add(event("{\"event_id\":\"" + id + "\",\"pad\":\"" + pad + "\"}"));
          }
          while (sink.deliver(batch).settledPrefix() < batch.size()) {
            Thread.onSpinWait();
          }
        }
      }
    }
  }
}
