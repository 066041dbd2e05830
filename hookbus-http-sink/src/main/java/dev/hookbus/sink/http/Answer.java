package dev.hookbus.sink.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver said.
 *
 * @param status the HTTP status
 * @param retryAfter the pause it asked for, or null
 * @param date its clock, to the second, or null
 * @param body as much of its answer as was read
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, compared never
record Answer(int status, @Nullable Duration retryAfter, @Nullable Instant date, byte[] body) {}
