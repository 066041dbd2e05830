package dev.hookbus.correlation;

import java.util.Optional;
import java.util.UUID;

/**
 * A W3C {@code traceparent}: run and call as trace and span.
 *
 * @param traceId 32 lower-case hex characters, not all zero
 * @param spanId 16 lower-case hex characters, not all zero
 * @param sampled whether the sender records the trace
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {

  private static final int TRACE_END = 3 + 32;
  private static final int SPAN_END = TRACE_END + 1 + 16;
  private static final int LENGTH = SPAN_END + 3;

  /**
   * Checks the IDs.
   *
   * @throws IllegalArgumentException if one has the wrong form
   */
  public TraceParent {
    if (!isId(traceId, 32) || !isId(spanId, 16)) {
      throw new IllegalArgumentException("a trace ID has 32 and a span ID 16 hex characters");
    }
  }

  /** The header that names {@code call} in {@code run}. */
  public static TraceParent of(RunId run, CorrelationId call) {
    return new TraceParent(run.traceId(), call.value(), true);
  }

  /** Reads a header. A malformed one is empty, never an error: the caller starts its own trace. */
  public static Optional<TraceParent> parse(String header) {
    String text = header.strip();
    boolean longEnough =
        text.length() == LENGTH || (text.length() > LENGTH && text.charAt(LENGTH) == '-');
    if (!longEnough
        || text.charAt(2) != '-'
        || text.charAt(TRACE_END) != '-'
        || text.charAt(SPAN_END) != '-') {
      return Optional.empty();
    }
    String version = text.substring(0, 2);
    String traceId = text.substring(3, TRACE_END);
    String spanId = text.substring(TRACE_END + 1, SPAN_END);
    String flags = text.substring(SPAN_END + 1, LENGTH);
    boolean known = Hex.isLowerCase(version) && !version.equals("ff") && Hex.isLowerCase(flags);
    boolean fits = !version.equals("00") || text.length() == LENGTH;
    if (!known || !fits || !isId(traceId, 32) || !isId(spanId, 16)) {
      return Optional.empty();
    }
    return Optional.of(new TraceParent(traceId, spanId, (Integer.parseInt(flags, 16) & 1) != 0));
  }

  /** The run this trace is. */
  public RunId runId() {
    long high = Long.parseUnsignedLong(traceId.substring(0, 16), 16);
    long low = Long.parseUnsignedLong(traceId.substring(16), 16);
    return new RunId(new UUID(high, low));
  }

  /** The header's text: {@code 00-<trace>-<span>-<flags>}. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  private static boolean isId(String text, int length) {
    return text.length() == length && Hex.isLowerCase(text) && !Hex.isZero(text);
  }
}
