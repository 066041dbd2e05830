package dev.hookbus.event;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link Event}: filters texts, cuts them to their limits, then computes the indexable
 * text and the hash. Session, run and source are required; blank optional texts are left out. Not
 * thread-safe.
 *
 * <pre>{@code
 * Event event =
 *     Event.builder(EventType.DECISION)
 *         .sessionId("sess_7QK2")
 *         .runId("3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11")
 *         .source(EventSource.detect(System::getenv, "/workspace"))
 *         .msg("Use SQLite for dedupe")
 *         .data(Map.of("reasoning", "one file, no server"))
 *         .build();
 * }</pre>
 */
public final class EventBuilder {
  private final EventType type;
  private EventLevel level = EventLevel.INFO;
  private @Nullable UUID eventId;
  private @Nullable Instant ts;
  private @Nullable String sessionId;
  private @Nullable String runId;
  private @Nullable EventSource source;
  private @Nullable String hookEventName;
  private @Nullable String msg;
  private @Nullable AgentRole agentRole;
  private @Nullable String workerId;
  private @Nullable String taskId;
  private @Nullable String parentEventId;
  private @Nullable String toolName;
  private @Nullable String toolUseId;
  private List<ArtifactRef> artifactRefs = List.of();
  private @Nullable ErrorDetail errorDetail;
  private EventFilter filter = EventFilter.NONE;
  private Map<String, ? extends @Nullable Object> data = Map.of();

  EventBuilder(EventType type) {
    this.type = type;
  }

  /** The event's ID; a random one by default. See {@link EventIds} for one that is repeatable. */
  @CanIgnoreReturnValue
  public EventBuilder eventId(UUID value) {
    eventId = value;
    return this;
  }

  /** When it happened; now by default. */
  @CanIgnoreReturnValue
  public EventBuilder ts(Instant value) {
    ts = value;
    return this;
  }

  /** The host's session; required. */
  @CanIgnoreReturnValue
  public EventBuilder sessionId(String value) {
    sessionId = value;
    return this;
  }

  /** The run, a UUID; required. */
  @CanIgnoreReturnValue
  public EventBuilder runId(String value) {
    runId = value;
    return this;
  }

  /** How grave it is; {@link EventLevel#INFO} by default. */
  @CanIgnoreReturnValue
  public EventBuilder level(EventLevel value) {
    level = value;
    return this;
  }

  /** Where it comes from; required. */
  @CanIgnoreReturnValue
  public EventBuilder source(EventSource value) {
    source = value;
    return this;
  }

  /** The host's event that caused it. */
  @CanIgnoreReturnValue
  public EventBuilder hookEventName(@Nullable String value) {
    hookEventName = value;
    return this;
  }

  /** One line for people, cut to {@link EventLimits#MESSAGE} code points. */
  @CanIgnoreReturnValue
  public EventBuilder msg(@Nullable String value) {
    msg = value;
    return this;
  }

  /** The part of the agent that speaks. */
  @CanIgnoreReturnValue
  public EventBuilder agentRole(@Nullable AgentRole value) {
    agentRole = value;
    return this;
  }

  /** The worker. */
  @CanIgnoreReturnValue
  public EventBuilder workerId(@Nullable String value) {
    workerId = value;
    return this;
  }

  /** The task. */
  @CanIgnoreReturnValue
  public EventBuilder taskId(@Nullable String value) {
    taskId = value;
    return this;
  }

  /** The event this one follows from. */
  @CanIgnoreReturnValue
  public EventBuilder parentEventId(@Nullable String value) {
    parentEventId = value;
    return this;
  }

  /** The tool, and the host's name of its call. */
  @CanIgnoreReturnValue
  public EventBuilder tool(@Nullable String name, @Nullable String useId) {
    toolName = name;
    toolUseId = useId;
    return this;
  }

  /** Files it is about. */
  @CanIgnoreReturnValue
  public EventBuilder artifactRefs(List<ArtifactRef> value) {
    artifactRefs = value;
    return this;
  }

  /** What failed. */
  @CanIgnoreReturnValue
  public EventBuilder errorDetail(@Nullable ErrorDetail value) {
    errorDetail = value;
    return this;
  }

  /**
   * The rest, copied when the event is built. Maps, iterables and arrays are taken 64 levels deep,
   * numbers that are not finite become null, other objects become their text.
   */
  @CanIgnoreReturnValue
  public EventBuilder data(Map<String, ? extends @Nullable Object> value) {
    data = value;
    return this;
  }

  /** What the texts go through first; {@link EventFilter#NONE} by default. */
  @CanIgnoreReturnValue
  public EventBuilder filter(EventFilter value) {
    filter = value;
    return this;
  }

  /**
   * The event: filtered, then cut, then hashed.
   *
   * @throws IllegalStateException where the session, the run or the source is missing, or the type,
   *     level or role is {@code UNKNOWN}
   */
  public Event build() {
    refuseUnknown();
    String session = required(sessionId, "sessionId");
    String run = required(runId, "runId");
    if (source == null) {
      throw new IllegalStateException("source is required");
    }
    Instant at = ts == null ? Instant.now() : ts;
    FilterPass pass = new FilterPass(filter);
    String message = cut(pass.text(msg), EventLimits.MESSAGE);
    ErrorDetail error = pass.error(errorDetail);
    List<ArtifactRef> artifacts = artifactRefs.stream().map(pass::artifact).toList();
    Map<String, @Nullable Object> values =
        withRedaction(pass.data(JsonValues.copyOf(data)), pass.redaction());
    return new Event(
        eventId == null ? UUID.randomUUID() : eventId,
        at,
        session,
        run,
        type,
        level,
        source,
        clean(hookEventName),
        message,
        agentRole,
        clean(workerId),
        clean(taskId),
        clean(parentEventId),
        clean(toolName),
        clean(toolUseId),
        artifacts,
        error == null ? null : error.cut(),
        values,
        EventHash.of(session, Timestamps.format(at), type.wireName(), values),
        indexableText(message, error, artifacts, values.get("reasoning")));
  }

  private @Nullable String indexableText(
      @Nullable String message,
      @Nullable ErrorDetail error,
      List<ArtifactRef> artifacts,
      @Nullable Object reasoning) {
    IndexableText text =
        new IndexableText()
            .add("", message)
            .add("Tool: ", clean(toolName))
            .add("Task: ", clean(taskId))
            .add("Worker: ", clean(workerId));
    if (type == EventType.DECISION && reasoning instanceof String why) {
      text.add("Reasoning: ", why);
    }
    if (type == EventType.ERROR && error != null) {
      text.add("Error: ", error.message());
    }
    return text.addArtifacts(artifacts).toText();
  }

  private void refuseUnknown() {
    if (type == EventType.UNKNOWN
        || level == EventLevel.UNKNOWN
        || agentRole == AgentRole.UNKNOWN) {
      throw new IllegalStateException("an unknown event type, level or role is not written");
    }
  }

  private static Map<String, @Nullable Object> withRedaction(
      Map<String, @Nullable Object> data, @Nullable RedactionRecord redaction) {
    if (redaction == null) {
      return data;
    }
    Map<String, @Nullable Object> extended = new LinkedHashMap<>(data);
    extended.put(RedactionRecord.KEY, redaction.toData());
    return JsonValues.copyOf(extended);
  }

  private static String required(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(name + " is required");
    }
    return Texts.wellFormed(value);
  }

  private static @Nullable String clean(@Nullable String value) {
    return cut(value, Integer.MAX_VALUE);
  }

  private static @Nullable String cut(@Nullable String value, int limit) {
    return value == null || value.isEmpty() ? null : Texts.cut(value, limit);
  }
}
