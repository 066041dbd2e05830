package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/** Hooks for different events, made by {@link HookHandler#on}. Immutable. */
public final class HookHandlers implements HookHandler {

  private final @Nullable HookHandlers others;
  private final Class<?> event;
  private final Hook<?, ?> hook;

  HookHandlers(@Nullable HookHandlers others, Class<?> event, Hook<?, ?> hook) {
    this.others = others;
    this.event = event;
    this.hook = hook;
  }

  /** The same, and one more event; the hook added last takes an event that has two. */
  public <E extends HookEvent & AnsweredBy<A>, A extends HookAnswer> HookHandlers on(
      Class<E> event, Hook<E, A> hook) {
    return new HookHandlers(this, event, hook);
  }

  @Override
  public HookAnswer handle(HookEvent said) throws Exception {
    for (HookHandlers handlers = this; handlers != null; handlers = handlers.others) {
      if (handlers.event.isInstance(said)) {
        return handlers.handleMatching(said);
      }
    }
    return HookAnswer.none();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the hook came with the class of its events
  private HookAnswer handleMatching(HookEvent said) throws Exception {
    return ((Hook) hook).handle(said);
  }
}
