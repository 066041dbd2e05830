package dev.hookbus.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event, schema 1.0. Made by {@link EventFactory} or {@link #builder(EventType)}, read by
 * {@link EventJson}; immutable.
 *
 * @param eventId names the event; a repeated delivery carries the same ID
 * @param ts when it happened, to the millisecond
 * @param sessionId the host's session
 * @param runId the run the session belongs to, a UUID
 * @param type what it tells
 * @param level how grave it is
 * @param source where it comes from; null only in an envelope of another writer
 * @param hookEventName the host's event that caused it, such as {@code PostToolUse}
 * @param msg one line for people, at most {@link EventLimits#MESSAGE} code points
 * @param agentRole the part of the agent that speaks
 * @param workerId the worker, {@code worker_} and 8 hex digits
 * @param taskId the task
 * @param parentEventId the event this one follows from
 * @param toolName the tool
 * @param toolUseId the call of the tool, as the host names it
 * @param artifactRefs files it is about
 * @param errorDetail what failed
 * @param data the rest: JSON values as String, Boolean, Long, BigInteger, Double, List, Map, null
 * @param hash see {@link EventHash}; null only in an envelope of another writer
 * @param indexableText what a full-text index should hold, at most {@link
 *     EventLimits#INDEXABLE_TEXT} code points
 */
public record Event(
    UUID eventId,
    Instant ts,
    String sessionId,
    String runId,
    EventType type,
    EventLevel level,
    @Nullable EventSource source,
    @Nullable String hookEventName,
    @Nullable String msg,
    @Nullable AgentRole agentRole,
    @Nullable String workerId,
    @Nullable String taskId,
    @Nullable String parentEventId,
    @Nullable String toolName,
    @Nullable String toolUseId,
    List<ArtifactRef> artifactRefs,
    @Nullable ErrorDetail errorDetail,
    Map<String, @Nullable Object> data,
    @Nullable String hash,
    @Nullable String indexableText) {

  /** The schema this library writes. */
  public static final String SCHEMA_VERSION = "1.0";

  /** Copies the lists and maps, and drops what is finer than a millisecond. */
  public Event {
    ts = Timestamps.truncated(ts);
    artifactRefs = List.copyOf(artifactRefs);
    data = JsonValues.copyOf(data);
  }

  /** A builder for an event of that type, at level {@link EventLevel#INFO}. */
  public static EventBuilder builder(EventType type) {
    return new EventBuilder(type);
  }

  /** Which redaction rules changed the event; null where none did. */
  public @Nullable RedactionRecord redaction() {
    return RedactionRecord.fromData(data.get(RedactionRecord.KEY));
  }
}
