package dev.hookbus.sink;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.hookbus.safety.Problems;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxLimits;
import dev.hookbus.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Delivers the outbox to sinks: at least once, in order for each sink, oldest first, in batches. A
 * sink that fails does not hold others up. Where a sink stands, and who delivers to it, is kept in
 * the store: any number of processes may run a dispatcher on one outbox, and if one dies another
 * goes on once its lease is over. Thread-safe.
 *
 * <pre>{@code
 * try (Dispatcher dispatcher = Dispatcher.builder(store.outbox()).sink(sink).build()) {
 *   dispatcher.start();                                        // long-lived agent
 *   FlushReport report = dispatcher.flush(Duration.ofSeconds(2));
 *   if (!report.complete()) {
 *     System.err.println(report.left() + " events wait for the next process");
 *   }
 * }
 * }</pre>
 */
public interface Dispatcher extends AutoCloseable {

  /** Starts a dispatcher for that outbox. */
  static Builder builder(Outbox outbox) {
    return new DispatcherBuilder(outbox);
  }

  /**
   * Begins to deliver in the background, on one daemon thread for each sink. Twice does nothing.
   */
  void start();

  /** Tells background delivery that there is something new. Costs next to nothing. */
  void wake();

  /**
   * Delivers until nothing is left or the time is over. A sink that waits for its receiver longer
   * than that is left alone. An interrupt ends it early; the thread stays interrupted.
   */
  FlushReport flush(Duration timeout);

  /**
   * Delivers as the machine's drainer: ends when nothing has come for that long, or when all that
   * is left waits longer than {@code patience} for its receiver.
   *
   * @param holder names this drainer: the number its starter got the right with, or a random one
   */
  DrainOutcome drain(long holder, Duration idle, Duration patience);

  /**
   * Stops delivery to a sink, in every process, until {@link #resume}; a batch that is under way is
   * finished.
   */
  void pause(String sink) throws StoreException;

  /** Lets delivery to a sink go on. */
  void resume(String sink) throws StoreException;

  /** How every registered sink is doing, those of other processes included. */
  List<SinkStatus> status() throws StoreException;

  /** Ends delivery within about a second and closes the sinks; what is left stays in the outbox. */
  @Override
  void close();

  /** Settings of a dispatcher. Not thread-safe. */
  interface Builder {

    /** Adds a sink, which the dispatcher closes. */
    @CanIgnoreReturnValue
    Builder sink(Sink sink);

    /** When to try again; {@link RetryPolicy#DEFAULT} by default. */
    @CanIgnoreReturnValue
    Builder retryPolicy(RetryPolicy policy);

    /** How large the outbox may grow; {@link OutboxLimits#DEFAULT} by default. */
    @CanIgnoreReturnValue
    Builder limits(OutboxLimits limits);

    /**
     * How long a process that died keeps its sinks from others; 60 s by default. Must be longer
     * than a sink takes for a batch, or batches are sent twice.
     */
    @CanIgnoreReturnValue
    Builder lease(Duration lease);

    /** How often the background looks for events of other processes; 1 s by default. */
    @CanIgnoreReturnValue
    Builder pollInterval(Duration interval);

    /** Where internal problems are counted; nowhere else visible by default. */
    @CanIgnoreReturnValue
    Builder problems(Problems problems);

    /** The clock of retries; the system's by default. */
    @CanIgnoreReturnValue
    Builder clock(InstantSource clock);

    /** The source of jitter. */
    @CanIgnoreReturnValue
    Builder random(RandomGenerator random);

    /**
     * The dispatcher; it does nothing yet.
     *
     * @throws IllegalArgumentException where two sinks have one name, or a name is none
     */
    Dispatcher build();
  }
}
