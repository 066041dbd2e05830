package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/** Whether an expanded command reaches the model, and with what. */
public final class UserPromptExpansionAnswer extends TypedAnswer<UserPromptExpansionAnswer> {

  private static final UserPromptExpansionAnswer NONE = new UserPromptExpansionAnswer(Reply.NONE);

  private UserPromptExpansionAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: it does, as it is. */
  public static UserPromptExpansionAnswer none() {
    return NONE;
  }

  /**
   * Keeps it from the model.
   *
   * @param reason why, for the user
   */
  public static UserPromptExpansionAnswer block(String reason) {
    return new UserPromptExpansionAnswer(Reply.refusal(Reply.BLOCK, reason));
  }

  /** Tells the model something, and decides nothing. */
  public static UserPromptExpansionAnswer context(String text) {
    return NONE.additionalContext(text);
  }

  /** The same, and tells the model something. */
  public UserPromptExpansionAnswer additionalContext(@Nullable String text) {
    return with(reply().with(Reply.ADDITIONAL_CONTEXT, text));
  }

  /** The same, and takes a blocked command off the screen. */
  public UserPromptExpansionAnswer suppressOriginalPrompt() {
    return with(reply().with("suppressOriginalPrompt", true));
  }

  @Override
  UserPromptExpansionAnswer with(Reply reply) {
    return new UserPromptExpansionAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof UserPromptExpansion;
  }
}
