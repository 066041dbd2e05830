package dev.hookbus.sink.chroma;

import java.util.Locale;

/** What the events are partitioned into. */
public enum ChromaCollection {
  /** Every event, as its whole envelope. */
  EVENTS,
  /** Every file that was produced, by its content. */
  ARTIFACTS,
  /** The texts worth finding by words, as vectors. */
  EMBEDDINGS,
  /** The newest state of each worker of each run. */
  AGENT_STATE;

  /** The collection's name unless it is given another: the constant's, in lower case. */
  public String defaultName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
