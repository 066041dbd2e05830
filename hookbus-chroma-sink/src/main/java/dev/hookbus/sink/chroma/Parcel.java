package dev.hookbus.sink.chroma;

/**
 * A record ready to be sent.
 *
 * @param item the record, and the event it was made of
 * @param vector what the collection's embedder made of its document
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, compared never
record Parcel(Shipment.Item item, float[] vector) {
  private static final int OVERHEAD_BYTES = 1024;

  ChromaRecord record() {
    return item.record();
  }

  /** About how much of a request it takes; base64 is a third longer than the floats. */
  long bytes() {
    return OVERHEAD_BYTES + item.record().document().length() + vector.length * 16L / 3;
  }
}
