package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * Whether the agent may stop. To block it a second time in a row is not passed on: it would never
 * end.
 */
public final class StopAnswer extends TypedAnswer<StopAnswer> {

  private static final StopAnswer NONE = new StopAnswer(Reply.NONE);

  private StopAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: it may. */
  public static StopAnswer none() {
    return NONE;
  }

  /**
   * Keeps it going.
   *
   * @param reason why, for the model: what is left to do
   */
  public static StopAnswer block(String reason) {
    return new StopAnswer(Reply.refusal(Reply.BLOCK, reason));
  }

  /** Tells the model something, and decides nothing. */
  public static StopAnswer context(String text) {
    return NONE.additionalContext(text);
  }

  /** The same, and tells the model something. */
  public StopAnswer additionalContext(@Nullable String text) {
    return with(reply().with(Reply.ADDITIONAL_CONTEXT, text));
  }

  @Override
  StopAnswer with(Reply reply) {
    return new StopAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof Stop || event instanceof SubagentStop;
  }
}
