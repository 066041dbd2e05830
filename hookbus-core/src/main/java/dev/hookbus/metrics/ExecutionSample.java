package dev.hookbus.metrics;

/**
 * The measurable part of one guarded call. Carries no IDs: every field is fit for a metric's tag or
 * value.
 *
 * @param hook the guard's name
 * @param event the host's event name, {@code unknown} if none was given
 * @param status how the call ended
 * @param durationNanos time in the body; 0 if it did not run
 * @param overheadNanos time the library added, commit included
 * @param payloadBytes size of the payload as it was given; 0 if there was none
 */
public record ExecutionSample(
    String hook,
    String event,
    ExecutionStatus status,
    long durationNanos,
    long overheadNanos,
    long payloadBytes) {}
