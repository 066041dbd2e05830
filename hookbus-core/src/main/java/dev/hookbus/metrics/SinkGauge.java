package dev.hookbus.metrics;

/**
 * How a sink is doing, in numbers fit for gauges.
 *
 * @param sink its name
 * @param backlog events it has not passed yet
 * @param oldestAgeSeconds age of the oldest of them; 0 if there is none
 * @param delivered events that arrived, ever
 * @param rate events that arrived per second, over the last minute
 * @param deadLetters its dead letters now
 * @param dropped events neither delivered nor kept, ever
 * @param open whether its circuit breaker is open
 */
public record SinkGauge(
    String sink,
    long backlog,
    double oldestAgeSeconds,
    long delivered,
    double rate,
    long deadLetters,
    long dropped,
    boolean open) {}
