package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * What a hook tells its host. Every event has its own class of answers, which can say what the host
 * takes for that event and nothing else. Immutable.
 *
 * <pre>{@code
 * static PreToolUseAnswer check(PreToolUse call) {
 *   return call.toolName().equals("WebSearch")
 *       ? PreToolUseAnswer.deny("This project works offline.")
 *       : PreToolUseAnswer.none();
 * }
 * }</pre>
 *
 * <p>Texts beyond {@value #LONGEST_TEXT} characters are moved to a file by the host, which shows
 * the model their first two kilobytes; the hook warns of it on its error output.
 */
public abstract sealed class HookAnswer permits TypedAnswer {

  /** Characters of a text that a host passes on whole. */
  public static final int LONGEST_TEXT = 10_000;

  private final Reply reply;

  HookAnswer(Reply reply) {
    this.reply = reply;
  }

  /** No answer: everything goes its way as without this hook. For every event. */
  public static HookAnswer none() {
    return NoAnswer.none();
  }

  final Reply reply() {
    return reply;
  }

  /** Whether the host takes this answer for that event. */
  abstract boolean fits(HookEvent event);

  /** Whether the other says the same for the same kind of event. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof HookAnswer that
        && getClass() == that.getClass()
        && reply.equals(that.reply);
  }

  @Override
  public final int hashCode() {
    return reply.hashCode();
  }

  /** The kind of answer and its decision; no texts. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + reply.decision() + "]";
  }
}
