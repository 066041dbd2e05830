package dev.hookbus.sink.chroma;

/**
 * What a record may hold: what Chroma Cloud takes, on every server. A self-hosted one takes more
 * without a word, until a record of more than 5,461 values ruins its collection for ever.
 */
final class Limits {
  static final int ID_BYTES = 128;
  static final int KEYS = 32;
  static final int KEY_BYTES = 36;
  static final int VALUE_BYTES = 4096;
  static final int ARRAY_ELEMENTS = 64;
  static final int RECORD_ELEMENTS = 1024;

  /** Records one answer may hold. */
  static final int RESULTS = 300;

  private Limits() {}
}
