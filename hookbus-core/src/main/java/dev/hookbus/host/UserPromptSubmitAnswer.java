package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/** Whether a prompt reaches the model, and with what. */
public final class UserPromptSubmitAnswer extends TypedAnswer<UserPromptSubmitAnswer> {

  private static final UserPromptSubmitAnswer NONE = new UserPromptSubmitAnswer(Reply.NONE);

  private UserPromptSubmitAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: it does, as it is. */
  public static UserPromptSubmitAnswer none() {
    return NONE;
  }

  /**
   * Keeps the prompt from the model.
   *
   * @param reason why, for the user
   */
  public static UserPromptSubmitAnswer block(String reason) {
    return new UserPromptSubmitAnswer(Reply.refusal(Reply.BLOCK, reason));
  }

  /** Tells the model something, and decides nothing. */
  public static UserPromptSubmitAnswer context(String text) {
    return NONE.additionalContext(text);
  }

  /** The same, and tells the model something. */
  public UserPromptSubmitAnswer additionalContext(@Nullable String text) {
    return with(reply().with(Reply.ADDITIONAL_CONTEXT, text));
  }

  /** The same, and names the session. */
  public UserPromptSubmitAnswer sessionTitle(String title) {
    return with(reply().with("sessionTitle", title));
  }

  /** The same, and takes a blocked prompt off the screen. */
  public UserPromptSubmitAnswer suppressOriginalPrompt() {
    return with(reply().with("suppressOriginalPrompt", true));
  }

  @Override
  UserPromptSubmitAnswer with(Reply reply) {
    return new UserPromptSubmitAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof UserPromptSubmit;
  }
}
