package dev.hookbus.sink.chroma;

import dev.hookbus.sink.BatchLimits;
import dev.hookbus.sink.DeliveryOutcome;
import java.io.IOException;
import java.util.List;

/**
 * Writes records to one collection in as few requests as its limits allow, and judges the answers.
 * Confined to one thread at a time.
 */
final class CollectionWriter {

  /** Sends records in one request or a few that may be repeated. */
  interface Verb {
    void send(CollectionInfo target, List<Parcel> parcels) throws IOException, InterruptedException;
  }

  private final ChromaCollection collection;
  private final CollectionDirectory directory;
  private final CollectionCircuit circuit;
  private final Verb verb;
  private final Complaints complaints;

  CollectionWriter(
      ChromaCollection collection,
      CollectionDirectory directory,
      CollectionCircuit circuit,
      Verb verb,
      Complaints complaints) {
    this.collection = collection;
    this.directory = directory;
    this.circuit = circuit;
    this.verb = verb;
    this.complaints = complaints;
  }

  /**
   * Whether the collection may be written at all.
   *
   * @throws ChromaFaultException while its circuit is open
   */
  void probe(ChromaClient client, CollectionInfo target) throws IOException, InterruptedException {
    if (circuit.isOpen()) {
      throw new ChromaFaultException(
          Fault.SERVER_ERROR,
          "collection "
              + target.name()
              + " failed too often and is left alone for a while: the server's disk is full, or"
              + " the collection is damaged and must be deleted",
          null);
    }
    if (circuit.isOnTrial()) {
      try {
        client.count(target.id()); // costs nothing, and fails where a write would
      } catch (ChromaFaultException e) {
        noteFailure(e);
        throw e;
      }
    }
  }

  /** Writes the records in order; false where delivery must stop. */
  boolean write(Shipment shipment, List<Parcel> parcels, BatchLimits limits, long deadline)
      throws InterruptedException {
    int from = 0;
    while (from < parcels.size()) {
      int to = chunkEnd(parcels, from, limits);
      if (!send(shipment, parcels.subList(from, to), deadline)) {
        return false;
      }
      from = to;
    }
    return true;
  }

  private static int chunkEnd(List<Parcel> parcels, int from, BatchLimits limits) {
    int to = from;
    long bytes = 0;
    while (to < parcels.size() && to - from < limits.maxEvents()) {
      bytes += parcels.get(to).bytes();
      if (bytes > limits.maxBytes() && to > from) {
        break;
      }
      to++;
    }
    return to;
  }

  private boolean send(Shipment shipment, List<Parcel> parcels, long deadline)
      throws InterruptedException {
    if (System.nanoTime() - deadline > 0) {
      return false;
    }
    try {
      transmit(parcels);
      circuit.succeeded();
      shipment.settle(items(parcels), DeliveryOutcome.delivered());
      return true;
    } catch (ChromaFaultException e) {
      if (e.fault() == Fault.BAD_RECORD) {
        return isolate(shipment, parcels, deadline, e);
      }
      noteFailure(e);
      return postpone(shipment, parcels, e);
    } catch (IOException e) {
      return postpone(shipment, parcels, e); // stored or not: the same IDs come again
    }
  }

  private void transmit(List<Parcel> parcels) throws IOException, InterruptedException {
    try {
      verb.send(directory.require(collection), parcels);
    } catch (ChromaFaultException e) {
      if (e.fault() != Fault.GONE) {
        throw e;
      }
      directory.forget(collection); // deleted or reset: it has another ID now
      verb.send(directory.require(collection), parcels);
    }
  }

  /** One bad record fails a whole request, and the server does not say which it is. */
  private boolean isolate(
      Shipment shipment, List<Parcel> parcels, long deadline, ChromaFaultException e)
      throws InterruptedException {
    if (parcels.size() == 1) {
      shipment.settle(items(parcels), DeliveryOutcome.dead(ChromaFaultException.describe(e)));
      return true;
    }
    int half = parcels.size() / 2;
    return send(shipment, parcels.subList(0, half), deadline)
        && send(shipment, parcels.subList(half, parcels.size()), deadline);
  }

  private void noteFailure(ChromaFaultException e) {
    if (e.fault() != Fault.SERVER_ERROR || circuit.failed()) {
      complaints.report(e);
    }
  }

  private static boolean postpone(Shipment shipment, List<Parcel> parcels, IOException e) {
    shipment.settle(items(parcels), Depot.retry(e));
    return false;
  }

  private static List<Shipment.Item> items(List<Parcel> parcels) {
    return parcels.stream().map(Parcel::item).toList();
  }
}
