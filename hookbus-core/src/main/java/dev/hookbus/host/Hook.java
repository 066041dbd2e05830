package dev.hookbus.host;

/**
 * A hook for one event: a lambda, or a class with one method.
 *
 * <pre>{@code
 * class NoForcePush implements Hook<PreToolUse, PreToolUseAnswer> {
 *   public PreToolUseAnswer handle(PreToolUse call) {
 *     return call.input() instanceof ToolInput.Bash bash && bash.command().contains("push --force")
 *         ? PreToolUseAnswer.deny("Force pushes need a person.")
 *         : PreToolUseAnswer.none();
 *   }
 * }
 * }</pre>
 *
 * @param <E> the event
 * @param <A> its answers
 */
@FunctionalInterface
public interface Hook<E extends HookEvent & AnsweredBy<A>, A extends HookAnswer> {

  /**
   * Handles an event. What it throws is a failure: the hook's policy says what becomes of it.
   *
   * @return the answer, never {@code null}
   */
  A handle(E event) throws Exception;
}
