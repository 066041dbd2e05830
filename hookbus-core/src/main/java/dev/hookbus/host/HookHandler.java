package dev.hookbus.host;

/**
 * What a hook process does with the event it is started for.
 *
 * <pre>{@code
 * HookHandler handler =
 *     HookHandler.on(SessionStart.class, start -> SessionStartAnswer.context("Use Java 17."))
 *         .on(Stop.class, stop -> StopAnswer.none());
 * }</pre>
 */
@FunctionalInterface
public interface HookHandler {

  /**
   * Handles an event. What it throws is a failure: the hook's policy says what becomes of it.
   *
   * @return an answer for this kind of event, never {@code null}; {@link HookAnswer#none()} for
   *     events that are none of its business
   */
  HookAnswer handle(HookEvent event) throws Exception;

  /** Handles one event, and is silent on others. More can be added. */
  static <E extends HookEvent & AnsweredBy<A>, A extends HookAnswer> HookHandlers on(
      Class<E> event, Hook<E, A> hook) {
    return new HookHandlers(null, event, hook);
  }
}
