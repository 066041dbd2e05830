package dev.hookbus.safety;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts every internal problem, and logs each kind at most once a minute so that a broken disk
 * does not become a flood of log lines. Flags that can't be used are each named once: of one
 * configuration several can be wrong. Thread-safe; never throws.
 */
public final class Problems {

  private static final long QUIET_NANOS = 60_000_000_000L;

  private final List<Tally> tallies = new ArrayList<>();
  private final Set<String> badFlags = new HashSet<>();
  private volatile @Nullable UnaryOperator<String> scrubber;

  /** Starts with all counters at zero. */
  public Problems() {
    for (Problem problem : Problem.values()) {
      tallies.add(new Tally(problem));
    }
  }

  /** Passes every line through {@code scrubber} first: an exception's text can hold a secret. */
  public void scrubWith(UnaryOperator<String> scrubber) {
    this.scrubber = scrubber;
  }

  /**
   * Counts {@code problem}, and logs it unless the same kind was logged within the last minute, or
   * the same flag before.
   *
   * @param message names the cause and what to change; must hold no payload and no secret
   */
  public void report(Problem problem, String message) {
    report(problem, message, null);
  }

  /** As {@link #report(Problem, String)}, with the exception behind it. */
  public void report(Problem problem, String message, @Nullable Throwable cause) {
    Tally tally = tally(problem);
    tally.count.incrementAndGet();
    if (problem == Problem.BAD_FLAG ? isNew(message) : tally.mayBeLogged()) {
      Attempt.run(() -> log(problem, message, cause));
    }
  }

  private boolean isNew(String flag) {
    synchronized (badFlags) {
      return badFlags.add(flag);
    }
  }

  /** How often {@code problem} has come up since this object was made. */
  public long count(Problem problem) {
    return tally(problem).count.get();
  }

  /** Every problem that has come up, with its count; empty if nothing has. */
  public Map<Problem, Long> counts() {
    Map<Problem, Long> counts = new EnumMap<>(Problem.class);
    for (Tally tally : tallies) {
      long count = tally.count.get();
      if (count > 0) {
        counts.put(tally.problem, count);
      }
    }
    return counts;
  }

  private Tally tally(Problem problem) {
    for (Tally tally : tallies) {
      if (tally.problem == problem) {
        return tally;
      }
    }
    throw new IllegalStateException("no tally for " + problem);
  }

  private void log(Problem problem, String message, @Nullable Throwable cause) {
    Logger logger = LoggerHolder.LOGGER;
    String line = "HookBus: " + message + " [" + problem.tag() + " #" + count(problem) + "]";
    logger.warn(scrubbed(cause == null ? line : line + ": " + cause));
    if (cause != null && logger.isDebugEnabled()) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      logger.debug(scrubbed(trace.toString()));
    }
  }

  private String scrubbed(String line) {
    UnaryOperator<String> chosen = scrubber;
    return chosen == null ? line : chosen.apply(line);
  }

  private static final class Tally {
    final Problem problem;
    final AtomicLong count = new AtomicLong();
    final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    Tally(Problem problem) {
      this.problem = problem;
    }

    /** Whether the last line is a minute old; the asker is then the one to write the next. */
    boolean mayBeLogged() {
      long now = System.nanoTime();
      long until = quietUntil.get();
      return now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET_NANOS);
    }
  }

  /** A process in which nothing goes wrong never loads the logging façade. */
  private static final class LoggerHolder {
    static final Logger LOGGER = LoggerFactory.getLogger("dev.hookbus");
  }
}
