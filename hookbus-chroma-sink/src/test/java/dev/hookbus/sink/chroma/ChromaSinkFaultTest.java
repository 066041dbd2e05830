package dev.hookbus.sink.chroma;

import static dev.hookbus.sink.chroma.ChromaCollection.AGENT_STATE;
import static dev.hookbus.sink.chroma.ChromaCollection.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookbus.ChildJvm;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is left when a real server dies, fills its disk, or is filled by many at once. */
class ChromaSinkFaultTest {
  @RegisterExtension static final ChromaServer CHROMA = new ChromaServer();

  private final ChromaConfig config = CHROMA.config().build();
  private final Stored stored = new Stored(config);

  @Test
  void serverKilledInMidBatch_losesNothingThatWasAcknowledged() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    ExecutorService deliverer = Executors.newSingleThreadExecutor();
    try (ChromaSink sink = ChromaSink.to(config)) {
      for (int round = 0; round < 5; round++) {
        CountDownLatch underWay = new CountDownLatch(2 + round);
        Future<List<OutboxEvent>> unsettled =
            deliverer.submit(() -> deliverUntilRefused(sink, acknowledged, underWay));
        underWay.await();
        CHROMA.kill();
        List<OutboxEvent> batch = unsettled.get(60, TimeUnit.SECONDS);
        CHROMA.start();
        assertThat(sink.deliver(batch)).isEqualTo(DeliveryReport.allDelivered(batch.size()));
        batch.forEach(event -> acknowledged.add(event.eventId()));
      }
    } finally {
      deliverer.shutdownNow();
    }

    assertThat(stored.ids(EVENTS)).doesNotHaveDuplicates().hasSameElementsAs(acknowledged);
  }

  /** Gives the batch that was under way when the server died. */
  private static List<OutboxEvent> deliverUntilRefused(
      ChromaSink sink, Set<String> acknowledged, CountDownLatch underWay) {
    while (true) {
      List<OutboxEvent> batch = Events.progress(50);
      DeliveryReport report = sink.deliver(batch);
      for (int i = 0; i < batch.size(); i++) {
        if (report.outcomes().get(i) instanceof DeliveryOutcome.Delivered) {
          acknowledged.add(batch.get(i).eventId());
        }
      }
      if (report.firstRetry() != null) {
        return batch;
      }
      underWay.countDown();
    }
  }

  @Test
  void manyStartingAtOnce_makeOneCollectionOfEach() throws Exception {
    int threads = 16;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<DeliveryReport>> reports = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        List<OutboxEvent> batch =
            Events.outbox(
                List.of(Events.heartbeat("worker_" + i, i), Events.artifact("a", "h" + i)));
        reports.add(
            pool.submit(
                () -> {
                  try (ChromaSink sink = ChromaSink.to(config)) {
                    start.await();
                    return sink.deliver(batch);
                  }
                }));
      }
      start.countDown();
      for (Future<DeliveryReport> report : reports) {
        assertThat(report.get()).isEqualTo(DeliveryReport.allDelivered(2));
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(stored.in(EVENTS)).hasSize(2 * threads);
    assertThat(stored.in(AGENT_STATE)).hasSize(threads);
  }

  @Test
  void eightProcessesAtOnce_loseNothingAndLeaveTheNewestStates() throws Exception {
    int processes = 8;
    String name = config.name(EVENTS);
    String prefix = name.substring(0, name.length() - EVENTS.defaultName().length());
    List<ChildJvm> children = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      children.add(
          ChildJvm.start(DeliverMain.class, CHROMA.uri().toString(), prefix, Integer.toString(i)));
    }
    for (ChildJvm child : children) {
      try (child) {
        child.finish();
      }
    }

    assertThat(stored.ids(EVENTS))
        .doesNotHaveDuplicates()
        .hasSize(processes * (DeliverMain.HEARTBEATS + DeliverMain.PROGRESS));
    int last = DeliverMain.HEARTBEATS - 1;
    for (int worker = 0; worker < DeliverMain.WORKERS; worker++) {
      int newest = (last - (last - worker) % DeliverMain.WORKERS) * 100 + processes - 1;
      assertThat(stored.byId(AGENT_STATE).get(Events.RUN + "_worker_" + worker).metadata())
          .containsEntry("status", "step " + newest);
    }
  }

  @Test
  void tenThousandEvents_areAllFoundInOrder() {
    List<OutboxEvent> all = Events.progress(10_000);
    try (ChromaSink sink = ChromaSink.to(config)) {
      for (int from = 0; from < all.size(); from += 250) {
        assertThat(sink.deliver(all.subList(from, from + 250)))
            .isEqualTo(DeliveryReport.allDelivered(250));
      }
    }

    try (ChromaEvents events = ChromaEvents.open(config)) {
      assertThat(events.count(EventQuery.all())).isEqualTo(10_000);
      assertThat(events.count(EventQuery.all().tool("Bash"))).isEqualTo(10_000);
      List<StoredEvent> latest = events.latest(EventQuery.all(), 1000);
      assertThat(latest).hasSize(1000);
      for (int i = 0; i < 1000; i++) {
        assertThat(latest.get(i).eventId()).isEqualTo(all.get(9_999 - i).eventId());
      }
      EventPage page = events.page(EventQuery.all(), 700);
      assertThat(page.events().get(699).eventId()).isEqualTo(all.get(699).eventId());
    }
  }

  @Test
  void fullDisk_holdsEventsBackAndLosesNone(@TempDir Path directory) throws Exception {
    assumeThat(mount(directory)).as("only root can make a small disk").isTrue();
    Path ballast = directory.resolve("ballast");
    try (ChromaServer small = new ChromaServer()) {
      small.dataIn(Files.createDirectory(directory.resolve("data")));
      small.beforeAll(null);
      ChromaConfig there = small.config().build();
      try (ChromaSink sink = ChromaSink.to(there)) {
        Files.write(ballast, new byte[20 << 20]);
        Set<String> acknowledged = new HashSet<>();
        List<OutboxEvent> refused = List.of();
        for (int i = 0; i < 200 && refused.isEmpty(); i++) {
          List<OutboxEvent> batch = Events.progress(100);
          if (sink.deliver(batch).firstRetry() == null) {
            batch.forEach(event -> acknowledged.add(event.eventId()));
          } else {
            refused = batch;
          }
        }
        assertThat(refused).as("the disk fills").isNotEmpty();

        Files.delete(ballast);
        small.restart(); // one that has seen its disk full answers some questions never again
        assertThat(sink.deliver(refused)).isEqualTo(DeliveryReport.allDelivered(100));
        refused.forEach(event -> acknowledged.add(event.eventId()));
        assertThat(new Stored(there).ids(EVENTS))
            .doesNotHaveDuplicates()
            .hasSameElementsAs(acknowledged);
      }
    } finally {
      run("umount", directory.toString());
    }
  }

  private static boolean mount(Path directory) throws Exception {
    return run("mount", "-t", "tmpfs", "-o", "size=36m", "tmpfs", directory.toString());
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no such command on this system
    }
  }
}
