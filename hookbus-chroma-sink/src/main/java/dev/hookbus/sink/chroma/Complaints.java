package dev.hookbus.sink.chroma;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what somebody has to change, not once for every attempt. One thread at a time. */
final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger(ChromaSink.class);
  private static final long QUIET_NANOS = 60_000_000_000L;

  private String last = "";
  private long quietUntil = System.nanoTime();

  /** Logs a refusal that waiting does not cure; servers that are away are the outbox's to tell. */
  void report(IOException e) {
    if (e instanceof ChromaFaultException fault && fault.fault() != Fault.BUSY) {
      report(ChromaFaultException.describe(e));
    }
  }

  void report(String reason) {
    long now = System.nanoTime();
    if (!reason.equals(last) && now - quietUntil >= 0) {
      last = reason;
      quietUntil = now + QUIET_NANOS;
      LOG.warn("Events for Chroma wait: {}", reason);
    }
  }
}
