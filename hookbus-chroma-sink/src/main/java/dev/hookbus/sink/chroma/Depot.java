package dev.hookbus.sink.chroma;

import dev.hookbus.sink.DeliveryOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The server's collections as a place to deliver to. First all that can fail without a write is
 * done for all collections, so that nothing is half written; then they are written, one request at
 * a time. Confined to one thread at a time.
 */
final class Depot {
  /** No new request is begun after this; what is left of the batch waits its turn. */
  private static final Duration DELIVERY_BUDGET = Duration.ofSeconds(30);

  private final ChromaConfig config;
  private final ChromaClient client;
  private final CollectionDirectory directory;
  private final Complaints complaints = new Complaints();
  private final Map<ChromaCollection, CollectionWriter> writers =
      new EnumMap<>(ChromaCollection.class);

  Depot(ChromaConfig config, Partitioner partitioner) {
    this.config = config;
    this.client = new ChromaClient(config);
    this.directory = new CollectionDirectory(config, client);
    AgentStates states = new AgentStates(client, directory, partitioner);
    for (ChromaCollection collection : ChromaCollection.values()) {
      writers.put(
          collection,
          new CollectionWriter(
              collection,
              directory,
              new CollectionCircuit(config.clock()),
              collection == ChromaCollection.AGENT_STATE ? states : this::add,
              complaints));
    }
  }

  private void add(CollectionInfo target, List<Parcel> parcels)
      throws IOException, InterruptedException {
    client.add(
        target.id(),
        new ChromaClient.Vectors(
            parcels.stream().map(Parcel::vector).toList(), directory.takesBase64()),
        parcels.stream().map(Parcel::record).toList());
  }

  void deliver(Shipment shipment) throws InterruptedException {
    Map<ChromaCollection, List<float[]>> vectors = new EnumMap<>(ChromaCollection.class);
    for (Map.Entry<ChromaCollection, CollectionWriter> entry : writers.entrySet()) {
      List<Shipment.Item> items = shipment.items(entry.getKey());
      if (!items.isEmpty()) {
        prepare(shipment, entry.getKey(), entry.getValue(), items, vectors);
      }
    }
    long deadline = System.nanoTime() + DELIVERY_BUDGET.toNanos();
    for (Map.Entry<ChromaCollection, CollectionWriter> entry : writers.entrySet()) {
      List<Parcel> parcels =
          parcels(shipment.items(entry.getKey()), vectors.getOrDefault(entry.getKey(), List.of()));
      if (!entry.getValue().write(shipment, parcels, config.limits(), deadline)) {
        return;
      }
    }
  }

  private void prepare(
      Shipment shipment,
      ChromaCollection collection,
      CollectionWriter writer,
      List<Shipment.Item> items,
      Map<ChromaCollection, List<float[]>> vectors)
      throws InterruptedException {
    try {
      directory.takesBase64(); // the first question of all: is this Chroma, and which?
      CollectionInfo target = directory.require(collection);
      writer.probe(client, target);
      vectors.put(collection, embed(config.embedder(collection), items));
    } catch (IOException e) {
      directory.forget(collection); // it may be gone, or made anew when the server is back
      complaints.report(e);
      shipment.endBefore(items.get(0).event(), retry(e));
    }
  }

  private static List<float[]> embed(Embedder embedder, List<Shipment.Item> items)
      throws ChromaFaultException {
    return Vectors.embed(embedder, items.stream().map(item -> item.record().document()).toList());
  }

  /** The items are those that were prepared, or the first of them: the end only comes nearer. */
  private static List<Parcel> parcels(List<Shipment.Item> items, List<float[]> vectors) {
    List<Parcel> parcels = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      parcels.add(new Parcel(items.get(i), vectors.get(i)));
    }
    return parcels;
  }

  static DeliveryOutcome.Retry retry(IOException e) {
    return new DeliveryOutcome.Retry(
        ChromaFaultException.describe(e),
        e instanceof ChromaFaultException fault ? fault.retryAfter() : null);
  }
}
