package dev.hookbus.host;

import dev.hookbus.GuardKey;

/** Tells which events are the same piece of work. */
@FunctionalInterface
public interface HookKey {

  /** The key under which an event is handled once; {@link GuardKey#none()} for every time. */
  GuardKey of(HookEvent event);
}
