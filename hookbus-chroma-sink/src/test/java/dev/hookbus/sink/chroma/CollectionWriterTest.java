package dev.hookbus.sink.chroma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.payload.Redactor;
import dev.hookbus.sink.BatchLimits;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done when a real server refuses. */
class CollectionWriterTest {
  @RegisterExtension static final ChromaServer CHROMA = new ChromaServer();

  private static final BatchLimits LIMITS = new BatchLimits(300, 4 << 20);

  private final AtomicReference<Instant> now = new AtomicReference<>(Events.START);
  private final InstantSource clock = now::get;
  private final ChromaConfig config = CHROMA.config().clock(clock).build();
  private final ChromaClient client = new ChromaClient(config);

  @Test
  void badRecords_areFoundAndDieAlone() throws Exception {
    List<OutboxEvent> batch = Events.progress(40);
    Shipment shipment = new Shipment(Redactor.standard(), new Partitioner(config), batch);
    List<Parcel> parcels = new ArrayList<>();
    for (Shipment.Item item : shipment.items(ChromaCollection.EVENTS)) {
      boolean bad = item.event() == 7 || item.event() == 31;
      parcels.add(bad ? unstorable(item) : new Parcel(item, new float[] {1}));
    }
    CollectionDirectory directory = new CollectionDirectory(config, client);
    CollectionWriter writer =
        new CollectionWriter(
            ChromaCollection.EVENTS,
            directory,
            new CollectionCircuit(clock),
            this::add,
            new Complaints());

    boolean finished =
        writer.write(shipment, parcels, LIMITS, System.nanoTime() + TimeUnit.MINUTES.toNanos(1));

    assertThat(finished).isTrue();
    DeliveryReport report = shipment.report();
    assertThat(report.settledPrefix()).isEqualTo(40);
    for (int i = 0; i < 40; i++) {
      assertThat(report.outcomes().get(i) instanceof DeliveryOutcome.Dead)
          .as("event %d", i)
          .isEqualTo(i == 7 || i == 31);
    }
    assertThat(new Stored(config).in(ChromaCollection.EVENTS)).hasSize(38);
  }

  /** An object is no value of metadata: the server answers 422. */
  private static Parcel unstorable(Shipment.Item item) {
    ChromaRecord record = item.record();
    return new Parcel(
        new Shipment.Item(
            item.event(),
            new ChromaRecord(record.id(), record.document(), Map.of("object", Map.of("k", 1)))),
        new float[] {1});
  }

  private void add(CollectionInfo target, List<Parcel> parcels)
      throws IOException, InterruptedException {
    client.add(
        target.id(),
        new ChromaClient.Vectors(parcels.stream().map(Parcel::vector).toList(), true),
        parcels.stream().map(Parcel::record).toList());
  }

  @Test
  void damagedCollection_isLeftAloneUntilItIsDeleted() throws Exception {
    try (ChromaSink sink = ChromaSink.to(config)) {
      assertThat(sink.deliver(Events.progress(1))).isEqualTo(DeliveryReport.allDelivered(1));
      damage(new Stored(config).id(ChromaCollection.EVENTS));

      List<OutboxEvent> batch = Events.progress(2);
      for (int attempt = 0; attempt < 5; attempt++) {
        assertThat(sink.deliver(batch).firstRetry().reason()).contains("HTTP 500");
      }
      assertThat(sink.deliver(batch).firstRetry().reason()).contains("left alone for a while");

      now.updateAndGet(t -> t.plus(Duration.ofHours(1)));
      assertThat(sink.deliver(batch).firstRetry().reason()).contains("HTTP 500");
      assertThat(sink.deliver(batch).firstRetry().reason()).contains("left alone for a while");

      client.deleteCollection(config.name(ChromaCollection.EVENTS));
      now.updateAndGet(t -> t.plus(Duration.ofHours(1)));
      assertThat(sink.deliver(batch)).isEqualTo(DeliveryReport.allDelivered(2));
    }
  }

  /** What our caps prevent: a record with more values than the server can apply. */
  private void damage(String collection) throws InterruptedException, IOException {
    ChromaRecord tooWide =
        new ChromaRecord("x", "", Map.of("values", Collections.nCopies(5462, "v")));
    try {
      client.add(
          collection, new ChromaClient.Vectors(List.of(new float[] {1}), true), List.of(tooWide));
    } catch (ChromaFaultException e) {
      assertThat(e.fault()).isEqualTo(Fault.SERVER_ERROR);
    }
  }
}
