package dev.hookbus.sink.http;

/** What a status means for the events that were sent. */
enum Verdict {
  /** They are at the receiver. */
  DELIVERED,
  /** Try again later. */
  RETRY,
  /** The receiver objects to the content: in a batch, find out to whose. */
  POISON,
  /** The receiver objects to us, whatever we send. */
  REFUSED
}
