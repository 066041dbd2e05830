package dev.hookbus.store;

import java.time.Instant;

/**
 * An event in the outbox.
 *
 * @param sequence its place; later entries have larger ones
 * @param event what is to be delivered
 * @param recordedAt when it was put there
 */
public record OutboxEntry(long sequence, OutgoingEvent event, Instant recordedAt) {}
