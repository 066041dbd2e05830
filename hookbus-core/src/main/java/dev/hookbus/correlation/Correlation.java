package dev.hookbus.correlation;

import com.google.errorprone.annotations.MustBeClosed;
import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.LoggingBackend;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Who is calling: the run, the session and the call. A guard makes its own current while its body
 * runs, so that logs, threads, HTTP calls and child processes of the body can carry it:
 *
 * <pre>{@code
 * Executor traced = Correlation.propagating(executor);
 * ProcessBuilder child = new ProcessBuilder("git", "status");
 * Correlation.current().ifPresent(c -> child.environment().putAll(c.environment()));
 * }</pre>
 *
 * @param runId the agent's run
 * @param sessionId the host's session
 * @param correlationId this call
 */
public record Correlation(RunId runId, String sessionId, CorrelationId correlationId) {

  /** MDC key of the correlation ID. */
  public static final String MDC_CORRELATION_ID = "hookbus.correlation_id";

  /** MDC key of the run ID. */
  public static final String MDC_RUN_ID = "hookbus.run_id";

  private static final ThreadLocal<@Nullable Correlation> CURRENT = new ThreadLocal<>();

  /** The correlation of the guard this thread is in, if it is in one. */
  public static Optional<Correlation> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Makes this the thread's correlation, in MDC too, until the scope is closed. */
  @MustBeClosed
  public Scope makeCurrent() {
    Scope scope = new Scope(CURRENT.get());
    CURRENT.set(this);
    if (LoggingBackend.isPresent()) {
      putIntoMdc();
    }
    return scope;
  }

  private void putIntoMdc() {
    MDC.put(MDC_CORRELATION_ID, correlationId.value());
    MDC.put(MDC_RUN_ID, runId.toString());
  }

  /** The header to send with outgoing requests. */
  public TraceParent traceParent() {
    return TraceParent.of(runId, correlationId);
  }

  /** What to put into a child process's environment so that it joins this run. */
  public Map<String, String> environment() {
    return Map.of(
        "CLAUDE_RUN_ID", runId.toString(),
        "CLAUDE_SESSION_ID", sessionId,
        "TRACEPARENT", traceParent().toString());
  }

  /** An executor whose tasks run under the correlation of the thread that submits them. */
  public static Executor propagating(Executor executor) {
    return task -> executor.execute(propagating(task));
  }

  /** A task that runs under the correlation of the thread that calls this method. */
  public static Runnable propagating(Runnable task) {
    Correlation captured = CURRENT.get();
    if (captured == null) {
      return task;
    }
    return () -> {
      try (Scope ignored = captured.makeCurrent()) {
        task.run();
      }
    };
  }

  /** A task that runs under the correlation of the thread that calls this method. */
  public static <T extends @Nullable Object> Callable<T> propagating(Callable<T> task) {
    Correlation captured = CURRENT.get();
    if (captured == null) {
      return task;
    }
    return () -> {
      try (Scope ignored = captured.makeCurrent()) {
        return task.call();
      }
    };
  }

  /** Puts back what was current before. Closing twice, or on another thread, does nothing. */
  public static final class Scope implements AutoCloseable, Attempt.Action {

    private final @Nullable Correlation previous;
    private final Thread thread = Thread.currentThread();
    private boolean open = true;

    private Scope(@Nullable Correlation previous) {
      this.previous = previous;
    }

    @Override
    public void close() {
      if (!open || Thread.currentThread() != thread) {
        return;
      }
      open = false;
      if (previous == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(previous);
      }
      if (LoggingBackend.isPresent()) {
        restoreMdc();
      }
    }

    /** Closes the scope. */
    @Override
    public void run() {
      close();
    }

    private void restoreMdc() {
      if (previous == null) {
        MDC.remove(MDC_CORRELATION_ID);
        MDC.remove(MDC_RUN_ID);
      } else {
        previous.putIntoMdc();
      }
    }
  }
}
