package dev.hookbus.sink.chroma;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventFormatException;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of each worker the state that is newest by the events' time, in whatever order and by
 * however many processes they are delivered.
 *
 * <p>The server knows no conditional write, so an older state could land on a newer one. But every
 * event stands in {@code events} before its state is written. So whoever has written a state looks
 * there for a newer event of the same worker, and if there is one writes its state too: the last
 * writer always looks last.
 */
final class AgentStates implements CollectionWriter.Verb {
  private static final int MAX_ROUNDS = 8;

  private static final Comparator<ChromaRecord> BY_TIME =
      Comparator.<ChromaRecord>comparingLong(r -> r.number(Keys.TS))
          .thenComparingLong(r -> r.number(Keys.SEQ))
          .thenComparing(r -> r.text(Keys.EVENT_ID));

  private final ChromaClient client;
  private final CollectionDirectory directory;
  private final Partitioner partitioner;

  AgentStates(ChromaClient client, CollectionDirectory directory, Partitioner partitioner) {
    this.client = client;
    this.directory = directory;
    this.partitioner = partitioner;
  }

  @Override
  public void send(CollectionInfo target, List<Parcel> parcels)
      throws IOException, InterruptedException {
    Map<String, ChromaRecord> states = new LinkedHashMap<>();
    for (Parcel parcel : parcels) {
      states.merge(parcel.record().id(), parcel.record(), AgentStates::newer);
    }
    for (int round = 0; round < MAX_ROUNDS && !states.isEmpty(); round++) {
      List<ChromaRecord> written = writeNewer(target, states);
      states = written.isEmpty() ? Map.of() : newerEvents(written);
    }
  }

  private static ChromaRecord newer(ChromaRecord a, ChromaRecord b) {
    return BY_TIME.compare(a, b) >= 0 ? a : b;
  }

  /** Writes those states that are newer than what is stored, and gives them. */
  private List<ChromaRecord> writeNewer(CollectionInfo target, Map<String, ChromaRecord> states)
      throws IOException, InterruptedException {
    Map<String, ChromaRecord> stored = new HashMap<>();
    for (ChromaRecord record :
        client.get(target.id(), Selection.ofIds(List.copyOf(states.keySet())).metadataOnly())) {
      stored.put(record.id(), record);
    }
    List<ChromaRecord> fresh = new ArrayList<>();
    for (ChromaRecord state : states.values()) {
      ChromaRecord old = stored.get(state.id());
      if (old == null || BY_TIME.compare(state, old) > 0) {
        fresh.add(replacing(old, state));
      }
    }
    if (!fresh.isEmpty()) {
      List<float[]> vectors = Vectors.embed(Embedder.none(), Collections.nCopies(fresh.size(), ""));
      client.upsert(target.id(), new ChromaClient.Vectors(vectors, directory.takesBase64()), fresh);
    }
    return fresh;
  }

  /** An upsert merges metadata: what the new state does not have must be taken away by name. */
  private static ChromaRecord replacing(@Nullable ChromaRecord old, ChromaRecord state) {
    if (old == null) {
      return state;
    }
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    old.metadata().keySet().forEach(key -> metadata.put(key, null));
    metadata.putAll(state.metadata());
    return new ChromaRecord(state.id(), state.document(), metadata);
  }

  /** The states told by events that are newer than what has just been written. */
  private Map<String, ChromaRecord> newerEvents(List<ChromaRecord> written)
      throws IOException, InterruptedException {
    CollectionInfo events = directory.require(ChromaCollection.EVENTS);
    Map<String, ChromaRecord> byWorker = new HashMap<>();
    written.forEach(state -> byWorker.put(worker(state), state));
    Map<String, ChromaRecord> newest = new HashMap<>();
    Selection page = newerThan(written).metadataOnly();
    List<ChromaRecord> found;
    do {
      found = client.get(events.id(), page);
      for (ChromaRecord event : found) {
        ChromaRecord state = byWorker.get(worker(event));
        if (state != null && BY_TIME.compare(event, state) > 0) {
          newest.merge(worker(event), event, AgentStates::newer);
        }
      }
      page = page.from(page.offset() + found.size());
    } while (found.size() == page.limit());
    return newest.isEmpty() ? Map.of() : read(events, newest.values());
  }

  private static Selection newerThan(List<ChromaRecord> written) {
    long from = written.stream().mapToLong(state -> state.number(Keys.TS)).min().orElse(0);
    List<String> types = Partitioner.STATE_TYPES.stream().map(EventType::wireName).toList();
    return Selection.matching(
        Map.of(
            "$and",
            List.of(
                Map.of(Keys.TS, Map.of("$gte", from)),
                Map.of(Keys.EVENT_TYPE, Map.of("$in", types)),
                Map.of(Keys.RUN_ID, Map.of("$in", distinct(written, Keys.RUN_ID))),
                Map.of(Keys.WORKER_ID, Map.of("$in", distinct(written, Keys.WORKER_ID))))),
        null,
        Limits.RESULTS);
  }

  private static List<String> distinct(List<ChromaRecord> records, String key) {
    return records.stream().map(record -> record.text(key)).distinct().toList();
  }

  private static String worker(ChromaRecord record) {
    return record.text(Keys.RUN_ID) + "\n" + record.text(Keys.WORKER_ID);
  }

  private Map<String, ChromaRecord> read(CollectionInfo events, Iterable<ChromaRecord> newest)
      throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    newest.forEach(record -> ids.add(record.id()));
    Map<String, ChromaRecord> states = new LinkedHashMap<>();
    for (ChromaRecord record : client.get(events.id(), Selection.ofIds(ids))) {
      ChromaRecord state = state(record);
      if (state != null) {
        states.merge(state.id(), state, AgentStates::newer);
      }
    }
    return states;
  }

  private @Nullable ChromaRecord state(ChromaRecord event) {
    try {
      Event read = EventJson.read(event.document());
      return partitioner.agentState(read, event.number(Keys.SEQ));
    } catch (EventFormatException e) {
      return null; // was cut: whoever delivered it has written its state
    }
  }
}
