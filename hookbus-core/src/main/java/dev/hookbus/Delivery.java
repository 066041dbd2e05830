package dev.hookbus;

import dev.hookbus.config.DeliveryMode;
import dev.hookbus.config.HookBusConfig;
import dev.hookbus.correlation.Correlation;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.event.EventFilter;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventSource;
import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.FlushReport;
import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkSettings;
import dev.hookbus.sink.SinkStatus;
import dev.hookbus.sink.Sinks;
import dev.hookbus.store.Announcement;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a bus tells its sinks, and how that gets there. Made only where there are sinks. */
final class Delivery implements AutoCloseable {

  private static final Duration INLINE_BUDGET = Duration.ofSeconds(2);
  private static final Duration START_BUDGET = Duration.ofMillis(250);

  private final HookBusConfig config;
  private final Outbox outbox;
  private final Collection<Sink> ownSinks;
  private final Problems problems;
  private final Clock clock;
  private final PayloadPipeline payloads;
  private final EventSource source;
  private final String sourceJson;
  private final Set<String> names;
  private final Set<String> unserved = new HashSet<>();
  private @Nullable Dispatcher dispatcher;
  private volatile boolean registered;
  private volatile boolean told;

  private Delivery(
      HookBusConfig config,
      Store store,
      Collection<Sink> ownSinks,
      PayloadPipeline payloads,
      Problems problems,
      Clock clock) {
    this.config = config;
    this.outbox = store.outbox();
    this.ownSinks = List.copyOf(ownSinks);
    this.problems = problems;
    this.clock = clock;
    this.names = new LinkedHashSet<>(config.sinks());
    ownSinks.forEach(sink -> names.add(sink.name()));
    this.payloads = payloads;
    this.source = EventSource.detect(HookBusConfig::variable, HookBusConfig.workingDirectory());
    this.sourceJson = source.toJson();
  }

  /**
   * Starts delivery, or gives {@code null} where there is no sink.
   *
   * @param onBadFlag told of each sink that can't be made of its settings; if it returns, the
   *     others are served, and its events stay in the outbox
   */
  static @Nullable Delivery start(
      HookBusConfig config,
      Store store,
      Collection<Sink> ownSinks,
      PayloadPipeline payloads,
      Problems problems,
      Clock clock,
      Consumer<String> onBadFlag) {
    if (config.sinks().isEmpty() && ownSinks.isEmpty()) {
      return null;
    }
    Delivery delivery = new Delivery(config, store, ownSinks, payloads, problems, clock);
    if (delivery.mode() == DeliveryMode.BACKGROUND) {
      delivery.dispatcher(onBadFlag).start();
    }
    return delivery;
  }

  /** The events of a session. */
  EventFactory events(Correlation correlation) {
    return EventFactory.of(correlation.sessionId(), correlation.runId().toString(), source)
        .withClock(clock)
        .withFilter(EventFilter.of(payloads, config.redaction()));
  }

  /** What a record of a guarded call needs to become an event. */
  Announcement announcement(@Nullable String toolUseId) {
    // Where the store can't be asked now, whoever delivers makes the sinks known.
    Attempt.run(this::register);
    return new Announcement(ThreadLocalRandom.current().nextLong(), toolUseId, sourceJson);
  }

  /** Puts an event into the outbox. */
  boolean emit(Event event, Budget budget) {
    Throwable failure =
        Attempt.run(
            () -> {
              register();
              outbox.append(List.of(outgoing(event)), budget);
            });
    if (failure != null) {
      lost(failure);
      return false;
    }
    recorded();
    return true;
  }

  /** Told after events were committed. */
  void recorded() {
    told = true;
    Dispatcher running = dispatcher;
    if (running != null) {
      running.wake();
    }
  }

  FlushReport flush(Duration patience) throws StoreException {
    Dispatcher running = dispatcher();
    FlushReport report = running.flush(patience);
    return unserved.isEmpty() ? report : report.withMoreLeft(unservedBacklog(running));
  }

  /** What waits for sinks that could not be made. */
  private long unservedBacklog(Dispatcher running) throws StoreException {
    return running.status().stream()
        .filter(status -> unserved.contains(status.sink()))
        .mapToLong(SinkStatus::backlog)
        .sum();
  }

  List<SinkStatus> status() throws StoreException {
    return dispatcher().status();
  }

  @Override
  public void close() {
    if (told) {
      Attempt.run(this::handOver);
    }
    Dispatcher running = dispatcher;
    if (running != null) {
      Attempt.run(running::close);
    }
  }

  /** Sees to it that what is left finds somebody to deliver it. */
  private void handOver() throws Exception {
    switch (mode()) {
      case INLINE -> flush(INLINE_BUDGET);
      case DRAIN -> Drainer.startUnlessRunning(config, outbox, Budget.of(START_BUDGET));
      case BACKGROUND -> {
        // The next process that delivers goes on where this one stops.
      }
    }
  }

  /** Sinks that are objects of this process can't be served by another. */
  private DeliveryMode mode() {
    return ownSinks.isEmpty() || config.delivery() != DeliveryMode.DRAIN
        ? config.delivery()
        : DeliveryMode.BACKGROUND;
  }

  private Dispatcher dispatcher() {
    return dispatcher(new HookBusBuilder.BadFlags(problems));
  }

  private synchronized Dispatcher dispatcher(Consumer<String> onBadFlag) {
    Dispatcher made = dispatcher;
    if (made == null) {
      Dispatcher.Builder builder = Dispatcher.builder(outbox).problems(problems).clock(clock);
      ownSinks.forEach(builder::sink);
      unserved.addAll(config.sinks());
      for (Sink sink :
          Sinks.named(
              config.sinks(),
              SinkSettings.of(HookBusConfig::variable),
              refused -> onBadFlag.accept(String.valueOf(refused.getMessage())))) {
        builder.sink(sink);
        unserved.remove(sink.name());
      }
      made = builder.build();
      dispatcher = made;
    }
    return made;
  }

  /** An entry waits only for sinks that were known before it. */
  private void register() throws StoreException {
    if (!registered) {
      outbox.register(names, Budget.of(config.storeBudget()));
      registered = true;
    }
  }

  private void lost(Throwable failure) {
    problems.report(
        Problem.EVENT_LOST,
        "an event for the sinks could not be kept: " + failure.getMessage(),
        failure.getCause());
  }

  private static OutgoingEvent outgoing(Event event) {
    return new OutgoingEvent(
        event.eventId().toString(), event.type().wireName(), EventJson.write(event), null);
  }
}
