package dev.hookbus.store;

import java.time.Instant;

/**
 * An event a sink will never take.
 *
 * @param id names the letter
 * @param sink which sink refused it
 * @param event what was to be delivered
 * @param reason why it was refused
 * @param recordedAt when the event was recorded
 * @param diedAt when it was given up
 */
public record DeadLetter(
    long id, String sink, OutgoingEvent event, String reason, Instant recordedAt, Instant diedAt) {}
