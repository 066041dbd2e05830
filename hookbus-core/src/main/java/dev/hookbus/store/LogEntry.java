package dev.hookbus.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log.
 *
 * @param id grows with every row
 * @param createdAt when the call ended
 * @param correlationId the call
 * @param runId the agent's run
 * @param sessionId the host's session
 * @param hook the guard's name
 * @param event the host's event
 * @param tool the tool, or {@code null}
 * @param status {@code success}, {@code error} or {@code dedupe_skip}
 * @param durationMillis time in the body
 * @param overheadMillis time the library added, up to the write of this row
 * @param payloadBytes size of the payload as it was given; 0 if there was none
 * @param degraded whether the body ran although its claim failed
 * @param error the failure's text, or {@code null}
 */
public record LogEntry(
    long id,
    Instant createdAt,
    String correlationId,
    String runId,
    String sessionId,
    String hook,
    String event,
    @Nullable String tool,
    String status,
    double durationMillis,
    double overheadMillis,
    long payloadBytes,
    boolean degraded,
    @Nullable String error) {}
