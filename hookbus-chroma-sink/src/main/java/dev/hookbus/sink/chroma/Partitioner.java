package dev.hookbus.sink.chroma;

import dev.hookbus.event.ArtifactRef;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import dev.hookbus.sink.OutboxEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes of an event the records it is kept as; their IDs depend on nothing but the event. */
final class Partitioner {
  /** The types of event that tell a worker's state, where they name the worker. */
  static final Set<EventType> STATE_TYPES =
      Collections.unmodifiableSet(
          EnumSet.of(EventType.WORKER_HEARTBEAT, EventType.PROGRESS, EventType.WORKER_SPAWN));

  private static final String DATA_PREFIX = "data.";
  private static final String PROGRESS = "progress_pct";

  private final ChromaConfig config;
  private final DocumentCutter cutter;

  Partitioner(ChromaConfig config) {
    this.config = config;
    this.cutter = new DocumentCutter(config.maxDocumentBytes());
  }

  /**
   * The event's records, by collection.
   *
   * @param json the envelope, redacted
   * @param event the same, read
   */
  Map<ChromaCollection, List<ChromaRecord>> partition(
      OutboxEvent outboxEvent, String json, Event event) {
    Map<ChromaCollection, List<ChromaRecord>> records = new EnumMap<>(ChromaCollection.class);
    Map<String, @Nullable Object> metadata = metadata(event, outboxEvent);
    String id = event.eventId().toString();
    records.put(
        ChromaCollection.EVENTS, List.of(new ChromaRecord(id, cutter.cut(json, event), metadata)));
    if (event.type() == EventType.ARTIFACT && !event.artifactRefs().isEmpty()) {
      records.put(ChromaCollection.ARTIFACTS, artifacts(event, outboxEvent.sequence()));
    }
    String words = event.indexableText();
    if (config.embeddedTypes().contains(event.type()) && words != null) {
      records.put(
          ChromaCollection.EMBEDDINGS,
          List.of(new ChromaRecord(id + "_emb", cutter.cut(words), metadata)));
    }
    ChromaRecord state = agentState(event, outboxEvent.sequence());
    if (state != null) {
      records.put(ChromaCollection.AGENT_STATE, List.of(state));
    }
    return records;
  }

  private Map<String, @Nullable Object> metadata(Event event, OutboxEvent outboxEvent) {
    Metadata metadata =
        new Metadata()
            .put(Keys.EVENT_ID, event.eventId().toString())
            .put(Keys.TS, event.ts().toEpochMilli())
            .put(Keys.SEQ, outboxEvent.sequence())
            .put(Keys.EVENT_TYPE, outboxEvent.eventType())
            .put(Keys.LEVEL, levelName(event.level()))
            .put(Keys.RUN_ID, event.runId())
            .put(Keys.SESSION_ID, event.sessionId())
            .putText(Keys.WORKER_ID, event.workerId())
            .putText(Keys.TASK_ID, event.taskId())
            .putText(Keys.TOOL_NAME, event.toolName())
            .putText(Keys.HASH, event.hash())
            .put(Keys.MSG, event.msg())
            .put(Keys.HOOK_EVENT_NAME, event.hookEventName())
            .put(Keys.TOOL_USE_ID, event.toolUseId())
            .put(Keys.PROJECT, event.source() == null ? null : event.source().projectDir());
    for (String key : config.metadataKeys()) {
      metadata.put(DATA_PREFIX + key, event.data().get(key));
    }
    return metadata.values();
  }

  /** What another version calls a level is stored as info, as the original did. */
  private static String levelName(EventLevel level) {
    return (level == EventLevel.UNKNOWN ? EventLevel.INFO : level).wireName();
  }

  private List<ChromaRecord> artifacts(Event event, long sequence) {
    List<ChromaRecord> records = new ArrayList<>();
    for (int i = 0; i < event.artifactRefs().size(); i++) {
      ArtifactRef artifact = event.artifactRefs().get(i);
      boolean named =
          !artifact.hash().isBlank() && !artifact.hash().equals(ArtifactRef.UNKNOWN_HASH);
      Metadata metadata =
          new Metadata()
              .put(Keys.HASH, artifact.hash())
              .put("path", artifact.path())
              .put("type", artifact.type())
              .put("size_bytes", artifact.sizeBytes())
              .put(Keys.RUN_ID, event.runId())
              .put(Keys.SESSION_ID, event.sessionId())
              .put(Keys.EVENT_ID, event.eventId().toString())
              .put(Keys.TS, event.ts().toEpochMilli())
              .put(Keys.SEQ, sequence);
      records.add(
          new ChromaRecord(
              id(named ? artifact.hash() : event.eventId() + "_artifact_" + i),
              cutter.cut(ChromaJson.text(document(artifact))),
              metadata.values()));
    }
    return records;
  }

  private static Map<String, Object> document(ArtifactRef artifact) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", artifact.path());
    document.put("type", artifact.type());
    document.put("hash", artifact.hash());
    document.put("size_bytes", artifact.sizeBytes());
    document.put("produced_at", artifact.producedAt().toString());
    return document;
  }

  /** The state of a worker the event tells; null where it tells none. */
  @Nullable ChromaRecord agentState(Event event, long sequence) {
    String worker = event.workerId();
    if (worker == null || !STATE_TYPES.contains(event.type())) {
      return null;
    }
    String heartbeat = event.ts().toString();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(Keys.RUN_ID, event.runId());
    document.put(Keys.WORKER_ID, worker);
    document.put("status", event.msg() == null ? "" : event.msg());
    document.put("last_heartbeat", heartbeat);
    document.put(Keys.TASK_ID, event.taskId() == null ? "" : event.taskId());
    Metadata metadata =
        new Metadata()
            .put(Keys.RUN_ID, event.runId())
            .put(Keys.WORKER_ID, worker)
            .putText(Keys.TASK_ID, event.taskId())
            .put("last_heartbeat", heartbeat)
            .putText("status", event.msg())
            .put(PROGRESS, event.data().get(PROGRESS))
            .put(Keys.SESSION_ID, event.sessionId())
            .put(Keys.EVENT_ID, event.eventId().toString())
            .put(Keys.TS, event.ts().toEpochMilli())
            .put(Keys.SEQ, sequence);
    return new ChromaRecord(
        id(event.runId() + "_" + worker), cutter.cut(ChromaJson.text(document)), metadata.values());
  }

  /** The name itself, or its hash where it is too long for an ID. */
  private static String id(String name) {
    if (Utf8Text.fits(name, Limits.ID_BYTES)) {
      return name;
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }
}
