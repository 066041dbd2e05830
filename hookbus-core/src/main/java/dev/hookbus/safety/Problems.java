package dev.hookbus.safety;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts every internal problem, and logs each kind at most once a minute so that a broken disk
 * does not become a flood of log lines. Thread-safe; never throws.
 */
public final class Problems {

  private static final long QUIET_NANOS = 60_000_000_000L;

  private final Map<Problem, Tally> tallies = new EnumMap<>(Problem.class);
  private volatile UnaryOperator<String> scrubber = UnaryOperator.identity();

  /** Starts with all counters at zero. */
  public Problems() {
    for (Problem problem : Problem.values()) {
      tallies.put(problem, new Tally());
    }
  }

  /** Passes every line through {@code scrubber} first: an exception's text can hold a secret. */
  public void scrubWith(UnaryOperator<String> scrubber) {
    this.scrubber = scrubber;
  }

  /**
   * Counts {@code problem} and, unless the same kind was logged within the last minute, logs it.
   *
   * @param message names the cause and what to change; must hold no payload and no secret
   */
  public void report(Problem problem, String message) {
    report(problem, message, null);
  }

  /** As {@link #report(Problem, String)}, with the exception behind it. */
  public void report(Problem problem, String message, @Nullable Throwable cause) {
    Tally tally = tally(problem);
    tally.count.increment();
    long now = System.nanoTime();
    long quietUntil = tally.quietUntil.get();
    if (now - quietUntil < 0 || !tally.quietUntil.compareAndSet(quietUntil, now + QUIET_NANOS)) {
      return;
    }
    Attempt.run(() -> log(problem, message, cause));
  }

  /** How often {@code problem} has come up since this object was made. */
  public long count(Problem problem) {
    return tally(problem).count.sum();
  }

  /** Every problem that has come up, with its count; empty if nothing has. */
  public Map<Problem, Long> counts() {
    Map<Problem, Long> counts = new EnumMap<>(Problem.class);
    tallies.forEach(
        (problem, tally) -> {
          long count = tally.count.sum();
          if (count > 0) {
            counts.put(problem, count);
          }
        });
    return counts;
  }

  private Tally tally(Problem problem) {
    Tally tally = tallies.get(problem);
    if (tally == null) {
      throw new IllegalStateException("no tally for " + problem);
    }
    return tally;
  }

  private void log(Problem problem, String message, @Nullable Throwable cause) {
    Logger logger = LoggerHolder.LOGGER;
    String line = "HookBus: " + message + " [" + problem.tag() + " #" + count(problem) + "]";
    logger.warn(scrubber.apply(cause == null ? line : line + ": " + cause));
    if (cause != null && logger.isDebugEnabled()) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      logger.debug(scrubber.apply(trace.toString()));
    }
  }

  private static final class Tally {
    final LongAdder count = new LongAdder();
    final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
  }

  /** A process in which nothing goes wrong never loads the logging façade. */
  private static final class LoggerHolder {
    static final Logger LOGGER = LoggerFactory.getLogger("dev.hookbus");
  }
}
