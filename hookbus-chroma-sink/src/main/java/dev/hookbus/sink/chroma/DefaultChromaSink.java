package dev.hookbus.sink.chroma;

import static java.util.Objects.requireNonNull;

import dev.hookbus.sink.BatchLimits;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects at the first delivery; each delivery is a {@link Shipment}. */
final class DefaultChromaSink implements ChromaSink {
  private static final Logger LOG = LoggerFactory.getLogger(ChromaSink.class);

  private final ChromaConfig config;
  private final Partitioner partitioner;
  private volatile boolean closed;
  private @Nullable Depot depot;

  DefaultChromaSink(ChromaConfig config) {
    this.config = requireNonNull(config, "config");
    this.partitioner = new Partitioner(config);
  }

  @Override
  public String name() {
    return ChromaSinkProvider.NAME;
  }

  @Override
  public BatchLimits limits() {
    return config.limits();
  }

  @Override
  public DeliveryReport deliver(List<OutboxEvent> batch) {
    if (closed) {
      return DeliveryReport.all(batch.size(), DeliveryOutcome.retry("sink is closed"));
    }
    if (batch.isEmpty()) {
      return DeliveryReport.allDelivered(0);
    }
    Shipment shipment = new Shipment(config.redactor(), partitioner, batch);
    try {
      depot().deliver(shipment);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      shipment.stop("interrupted");
    }
    return shipment.report();
  }

  private Depot depot() {
    Depot current = depot;
    if (current == null) {
      String warning = config.warning();
      if (warning != null) {
        LOG.warn(warning);
      }
      current = new Depot(config, partitioner);
      depot = current;
    }
    return current;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Where it delivers to; no credentials. */
  @Override
  public String toString() {
    return "ChromaSink[" + config + "]";
  }
}
