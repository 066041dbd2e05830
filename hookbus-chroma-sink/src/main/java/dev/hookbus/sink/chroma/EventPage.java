package dev.hookbus.sink.chroma;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some events, oldest first, and where the next page begins.
 *
 * @param events at most as many as were asked for
 * @param next to be handed to the next call; null where there are no more events for now
 */
public record EventPage(List<StoredEvent> events, @Nullable Cursor next) {
  /** Copies the events. */
  public EventPage {
    events = List.copyOf(events);
  }

  /**
   * A place between two events.
   *
   * @param millis the time of the last event before it, in milliseconds since 1970
   * @param sequence its place in its outbox
   * @param eventId its ID
   */
  public record Cursor(long millis, long sequence, String eventId) {
    /** Checks for nulls. */
    public Cursor {
      requireNonNull(eventId, "eventId");
    }

    static Cursor after(ChromaRecord event) {
      return new Cursor(event.number(Keys.TS), event.number(Keys.SEQ), event.id());
    }

    boolean isBefore(ChromaRecord record) {
      int byTime = Long.compare(record.number(Keys.TS), millis);
      int bySequence = Long.compare(record.number(Keys.SEQ), sequence);
      int order = byTime != 0 ? byTime : bySequence;
      return order != 0 ? order > 0 : record.id().compareTo(eventId) > 0;
    }
  }
}
