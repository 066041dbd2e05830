package dev.hookbus.event;

/** The schema's limits on texts, in Unicode code points; longer texts are cut, not refused. */
public final class EventLimits {
  /** {@code msg} and {@code error_detail.message}. */
  public static final int MESSAGE = 500;

  /** {@code error_detail.stack_trace}. */
  public static final int STACK_TRACE = 2000;

  /** {@code indexable_text}. */
  public static final int INDEXABLE_TEXT = 2000;

  /** The part of an error's message that becomes the {@code msg} of an error event. */
  public static final int ERROR_SUMMARY = 200;

  private EventLimits() {}
}
