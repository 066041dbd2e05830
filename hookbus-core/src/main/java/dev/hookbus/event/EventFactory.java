package dev.hookbus.event;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of one session: it knows the session, the run, the source, the clock and the
 * filter, so that callers name only what is new. Immutable and thread-safe.
 *
 * <p>Texts are filtered, then cut to {@link EventLimits}. An event about a named call of a tool has
 * an ID derived from that call: telling it twice gives the same ID. Other events have random IDs.
 *
 * <pre>{@code
 * EventFactory events =
 *     EventFactory.of("sess_7QK2", "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11", source);
 * Event decision = events.decision("Use SQLite for dedupe", "one file, no server");
 * }</pre>
 */
public final class EventFactory {
  private final String sessionId;
  private final String runId;
  private final EventSource source;
  private final InstantSource clock;
  private final EventFilter filter;

  private EventFactory(
      String sessionId, String runId, EventSource source, InstantSource clock, EventFilter filter) {
    this.sessionId = requireNonNull(sessionId, "sessionId");
    this.runId = requireNonNull(runId, "runId");
    this.source = requireNonNull(source, "source");
    this.clock = requireNonNull(clock, "clock");
    this.filter = requireNonNull(filter, "filter");
  }

  /** A factory on the system's clock, without a filter. */
  public static EventFactory of(String sessionId, String runId, EventSource source) {
    return new EventFactory(sessionId, runId, source, InstantSource.system(), EventFilter.NONE);
  }

  /** The same session, by another clock. */
  public EventFactory withClock(InstantSource newClock) {
    return new EventFactory(sessionId, runId, source, newClock, filter);
  }

  /** The same session, through another filter. */
  public EventFactory withFilter(EventFilter newFilter) {
    return new EventFactory(sessionId, runId, source, clock, newFilter);
  }

  /** A builder with the session, the run, the source, the time and the filter filled in. */
  public EventBuilder builder(EventType type) {
    return Event.builder(type)
        .sessionId(sessionId)
        .runId(runId)
        .source(source)
        .ts(clock.instant())
        .filter(filter);
  }

  /**
   * The session began.
   *
   * @param user who runs it, or null
   * @param agentVersion the host's version, or null
   * @param workspace the directory it works in, or null
   */
  public Event sessionStart(
      @Nullable String user, @Nullable String agentVersion, @Nullable String workspace) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("user", user);
    data.put("claude_version", agentVersion);
    data.put("workspace", workspace);
    return builder(EventType.SESSION_START)
        .hookEventName("SessionStart")
        .msg("Session started: " + sessionId)
        .agentRole(AgentRole.CONDUCTOR)
        .data(data)
        .build();
  }

  /**
   * The session ended, or the agent stopped.
   *
   * @param hookEventName {@code SessionEnd}, {@code Stop} or the like
   * @param details more of the host's payload; nulls are kept
   */
  public Event sessionEnd(String hookEventName, Map<String, ? extends @Nullable Object> details) {
    return builder(EventType.SESSION_END)
        .hookEventName(hookEventName)
        .msg(hookEventName + " event")
        .data(withHookName(hookEventName, details))
        .build();
  }

  /**
   * A worker was given a task.
   *
   * @param workerId see {@link #newWorkerId}
   * @param config the worker's settings
   * @param tools the tools it may use
   */
  public Event workerSpawn(
      String workerId,
      String taskId,
      String description,
      Map<String, ? extends @Nullable Object> config,
      List<String> tools) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("task_id", taskId);
    data.put("task_description", description);
    data.put("worker_config", config);
    data.put("assigned_tools", tools);
    return builder(EventType.WORKER_SPAWN)
        .hookEventName("PostToolUse")
        .msg("Spawned worker " + workerId + " for task " + taskId)
        .agentRole(AgentRole.CONDUCTOR)
        .workerId(workerId)
        .taskId(taskId)
        .data(data)
        .build();
  }

  /**
   * A worker is alive.
   *
   * @param status one line, such as {@code 3/5 files}
   * @param progressPercent 0 to 100, or null where it cannot be told
   */
  public Event heartbeat(
      String workerId, @Nullable String taskId, String status, @Nullable Integer progressPercent) {
    EventBuilder event =
        builder(EventType.WORKER_HEARTBEAT)
            .msg(status)
            .agentRole(AgentRole.WORKER)
            .workerId(workerId)
            .taskId(taskId);
    if (progressPercent != null) {
      event.data(Map.of("progress_pct", progressPercent));
    }
    return event.build();
  }

  /**
   * The host reported an event of its own.
   *
   * @param hookEventName such as {@code PostToolUse}
   * @param details more of the host's payload; nulls are kept
   */
  public Event progress(
      String hookEventName,
      @Nullable String toolName,
      @Nullable String toolUseId,
      Map<String, ? extends @Nullable Object> details) {
    return builder(EventType.PROGRESS)
        .eventId(idOfCall(EventType.PROGRESS, hookEventName, toolUseId))
        .hookEventName(hookEventName)
        .msg(headline(hookEventName, toolName))
        .tool(toolName, toolUseId)
        .data(withHookName(hookEventName, details))
        .build();
  }

  /** A file was produced; see {@link ArtifactRef#ofFile}. */
  public Event artifact(
      ArtifactRef artifact, @Nullable String producingTool, @Nullable String taskId) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("artifact_metadata", artifact.toData());
    data.put("producing_tool", producingTool);
    data.put("task_id", taskId);
    String name = artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
    return builder(EventType.ARTIFACT)
        .hookEventName("PostToolUse")
        .msg("Artifact produced: " + name)
        .taskId(taskId)
        .artifactRefs(List.of(artifact))
        .data(data)
        .build();
  }

  /**
   * Something failed.
   *
   * @param context what was going on
   * @param recoveryAttempted whether the agent tried to recover
   */
  public Event error(
      ErrorDetail detail,
      Map<String, ? extends @Nullable Object> context,
      boolean recoveryAttempted) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("error_context", context);
    data.put("recovery_attempted", recoveryAttempted);
    return builder(EventType.ERROR)
        .eventId(idOfCall(EventType.ERROR, detail.message(), detail.toolUseId()))
        .level(EventLevel.ERROR)
        .hookEventName("PostToolUse")
        .msg("Error: " + filteredSummary(detail.message()))
        .tool(detail.toolName(), detail.toolUseId())
        .errorDetail(detail)
        .data(data)
        .build();
  }

  /**
   * A tool was called.
   *
   * @param details parameters, result and whatever else is worth keeping; nulls are kept
   */
  public Event toolInvocation(
      String hookEventName,
      String toolName,
      @Nullable String toolUseId,
      Map<String, ? extends @Nullable Object> details) {
    String kind = toolName.startsWith("mcp_") ? "MCP tool invocation: " : "Tool invocation: ";
    return builder(EventType.TOOL_INVOCATION)
        .eventId(idOfCall(EventType.TOOL_INVOCATION, hookEventName, toolUseId))
        .hookEventName(hookEventName)
        .msg(kind + toolName)
        .tool(toolName, toolUseId)
        .data(details)
        .build();
  }

  /** A choice was made, and why. */
  public Event decision(String choice, String reasoning) {
    return builder(EventType.DECISION)
        .msg(choice)
        .agentRole(AgentRole.CONDUCTOR)
        .data(Map.of("reasoning", reasoning))
        .build();
  }

  /**
   * A worker finished its task.
   *
   * @param parentEventId the event that spawned the worker, or null
   * @param result what came of it
   */
  public Event done(
      String workerId,
      String taskId,
      @Nullable UUID parentEventId,
      Map<String, ? extends @Nullable Object> result) {
    return builder(EventType.DONE)
        .msg("Task " + taskId + " done")
        .agentRole(AgentRole.WORKER)
        .workerId(workerId)
        .taskId(taskId)
        .parentEventId(parentEventId == null ? null : parentEventId.toString())
        .data(result)
        .build();
  }

  /**
   * A guarded execution ended: a {@link EventType#TOOL_INVOCATION} where it names a tool, else a
   * {@link EventType#PROGRESS}.
   */
  public Event guardCompleted(GuardCompletion completion) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("hook", completion.hook());
    data.put("status", completion.status());
    data.put("duration_ms", completion.durationMs());
    data.put("correlation_id", completion.correlationId());
    data.putAll(completion.data());
    String tool = completion.tool();
    EventBuilder event =
        builder(tool == null ? EventType.PROGRESS : EventType.TOOL_INVOCATION)
            .level(completion.level())
            .hookEventName(completion.event())
            .msg(headline(completion.event(), tool))
            .tool(tool, completion.toolUseId())
            .errorDetail(completion.errorDetail())
            .data(data);
    String occurrence = completion.occurrence();
    if (occurrence != null) {
      event.eventId(
          EventIds.derive(
              "guard",
              runId,
              sessionId,
              completion.correlationId(),
              completion.hook(),
              completion.event(),
              occurrence));
    }
    return event.build();
  }

  /** A new worker's name: {@code worker_} and 8 hex digits. */
  public static String newWorkerId() {
    return "worker_" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The summary is cut, so it is filtered first: a cut must not hide a secret from the filter. */
  private String filteredSummary(String message) {
    return Texts.cut(filter.apply(message).text(), EventLimits.ERROR_SUMMARY);
  }

  private UUID idOfCall(EventType type, String what, @Nullable String toolUseId) {
    return toolUseId == null
        ? UUID.randomUUID()
        : EventIds.derive("call", runId, sessionId, type.wireName(), what, toolUseId);
  }

  private static String headline(String hookEventName, @Nullable String toolName) {
    return toolName == null ? hookEventName + " event" : hookEventName + ": " + toolName;
  }

  private static Map<String, @Nullable Object> withHookName(
      String hookEventName, Map<String, ? extends @Nullable Object> details) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("hook_event_name", hookEventName);
    data.putAll(details);
    return data;
  }
}
