package dev.hookbus.examples.pack;

import dev.hookbus.HookBus;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A hook that turns what a host tells into an event, or into none. */
@FunctionalInterface
interface Telemetry {

  /** Below every timeout of the catalog, so that what takes too long is still on record. */
  Duration DEADLINE = Duration.ofSeconds(4);

  /**
   * The event to record; null where there is nothing to tell.
   *
   * @param events makes events of the host's session
   */
  @Nullable Event eventOf(HookEvent said, EventFactory events);

  /** Runs the hook as this process; does not return. */
  static void run(String name, String[] args, Telemetry hook) {
    HookBus bus = HookBus.fromEnvironment();
    HookMain.named(name).arguments(args).deadline(DEADLINE).bus(bus).run(handler(bus, hook));
  }

  /** Puts the event into the outbox, and is silent. */
  static HookHandler handler(HookBus bus, Telemetry hook) {
    return said -> {
      emit(bus, hook, said);
      return HookAnswer.none();
    };
  }

  /** Puts the event into the outbox. */
  static void emit(HookBus bus, Telemetry hook, HookEvent said) {
    Event event = hook.eventOf(said, bus.events(said.sessionId()));
    if (event != null) {
      bus.emit(event);
    }
  }
}
