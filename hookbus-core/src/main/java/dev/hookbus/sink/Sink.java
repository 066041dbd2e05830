package dev.hookbus.sink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place events are delivered to. Called by one thread at a time, never inside a transaction.
 *
 * <p>A sink may see an event again, with the same ID: delivery is at least once. It answers for
 * every event of the batch, in the batch's order, and stops at the first it could not deliver for
 * now, so that order is kept. Failures of the receiver are answers, not exceptions; an exception
 * counts as a retry of the whole batch.
 *
 * <pre>{@code
 * final class ConsoleSink implements Sink {
 *   public String name() { return "console"; }
 *   public BatchLimits limits() { return new BatchLimits(100, 1_000_000); }
 *   public DeliveryReport deliver(List<OutboxEvent> batch) {
 *     batch.forEach(event -> System.err.println(event.json()));
 *     return DeliveryReport.allDelivered(batch.size());
 *   }
 *   public void close() {}
 * }
 * }</pre>
 *
 * <p>{@code SinkContractTest} in this library's test jar checks what is said here.
 */
public interface Sink extends AutoCloseable {

  /** Names the sink in the store, in status tables and in flags: {@code [a-z0-9-]+}. */
  String name();

  /** How much it takes at once. */
  BatchLimits limits();

  /**
   * Delivers a batch, within bounded time. An interrupt ends the attempt early; the thread stays
   * interrupted and what was not delivered is to be retried.
   *
   * @param batch oldest first; may be empty
   * @return one outcome for each event; a retry for each once the sink is closed
   */
  DeliveryReport deliver(List<OutboxEvent> batch);

  /**
   * Asks the receiver whether it would take events, within bounded time and without giving it one.
   * For people who look after an installation; deliveries do without it.
   *
   * @return what it said; null from a sink that can't ask
   */
  default @Nullable ReceiverCheck check() {
    return null;
  }

  /** Lets go of connections and files. May be called twice. */
  @Override
  void close();
}
