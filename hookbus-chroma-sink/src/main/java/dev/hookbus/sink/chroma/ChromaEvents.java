package dev.hookbus.sink.chroma;

import java.util.List;

/**
 * Asks for the events a {@link ChromaSink} delivered. Reads create nothing on the server: where a
 * collection does not exist there is nothing in it. Safe for use by many threads, one request at a
 * time.
 *
 * <p>All methods throw {@link ChromaException} where the server is away, refuses, or was filled
 * with another embedder; and {@link IllegalArgumentException} where a number is out of range.
 *
 * <pre>{@code
 * try (ChromaEvents events = ChromaEvents.open(config)) {
 *   List<StoredEvent> last = events.latest(EventQuery.all().levels(EventLevel.ERROR), 20);
 *   List<SearchHit> hits = events.search("permission denied deploy", EventQuery.all(), 5);
 * }
 * }</pre>
 */
public interface ChromaEvents extends AutoCloseable {
  /** How many events one call gives at most. */
  int MAX_RESULTS = 1000;

  /** How many hits one search gives at most. */
  int MAX_HITS = 300;

  /** The events on that server; nothing is connected yet. */
  static ChromaEvents open(ChromaConfig config) {
    return new DefaultChromaEvents(config);
  }

  /**
   * The newest events, newest first.
   *
   * @param n from 1 to {@link #MAX_RESULTS}
   */
  List<StoredEvent> latest(EventQuery query, int n);

  /**
   * The oldest events, oldest first.
   *
   * @param n from 1 to {@link #MAX_RESULTS}
   */
  EventPage page(EventQuery query, int n);

  /**
   * The events after that place, oldest first. An event that is delivered late, with an earlier
   * time, is not on a later page.
   *
   * @param n from 1 to {@link #MAX_RESULTS}
   */
  EventPage page(EventQuery query, int n, EventPage.Cursor after);

  /** How many events there are. */
  long count(EventQuery query);

  /**
   * The events whose indexable text is nearest to these words, nearest first. Only the types of
   * event the sink was told to embed are found.
   *
   * @param query which events to look among; {@code contains} and {@code regex} look at the
   *     indexable text here
   * @param n from 1 to {@link #MAX_HITS}
   */
  List<SearchHit> search(String words, EventQuery query, int n);

  /** How many records {@link #erase} would delete; nothing is changed. */
  EraseReport wouldErase(EraseScope scope);

  /**
   * Deletes records in all collections. The server's files keep traces of what was deleted, see
   * {@code docs/chroma-sink.md}; events still in an outbox come again.
   *
   * @return how many records were deleted
   */
  EraseReport erase(EraseScope scope);

  /** Lets go of connections. May be called twice. */
  @Override
  void close();
}
