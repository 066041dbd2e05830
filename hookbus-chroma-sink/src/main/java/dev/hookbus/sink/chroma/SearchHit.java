package dev.hookbus.sink.chroma;

import static java.util.Objects.requireNonNull;

/**
 * What a search for words found.
 *
 * @param event the event, as it is stored
 * @param words the text that was searched
 * @param score how near it is: 1 for the same text, about 0 for nothing in common
 */
public record SearchHit(StoredEvent event, String words, double score) {
  /** Checks for nulls. */
  public SearchHit {
    requireNonNull(event, "event");
    requireNonNull(words, "words");
  }
}
