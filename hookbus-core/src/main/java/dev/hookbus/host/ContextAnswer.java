package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/** Something the model should know. */
public final class ContextAnswer extends TypedAnswer<ContextAnswer> {

  private static final ContextAnswer NONE = new ContextAnswer(Reply.NONE);

  private ContextAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: the model is told nothing. */
  public static ContextAnswer none() {
    return NONE;
  }

  /** Tells the model something, and decides nothing. */
  public static ContextAnswer context(String text) {
    return NONE.additionalContext(text);
  }

  /** The same, and tells the model something. */
  public ContextAnswer additionalContext(@Nullable String text) {
    return with(reply().with(Reply.ADDITIONAL_CONTEXT, text));
  }

  @Override
  ContextAnswer with(Reply reply) {
    return new ContextAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof PostToolUseFailure
        || event instanceof SubagentStart
        || event instanceof Setup
        || event instanceof Notification
        || event instanceof PostModelSwitch;
  }
}
