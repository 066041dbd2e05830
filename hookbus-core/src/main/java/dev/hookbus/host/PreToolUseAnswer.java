package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Whether a tool may be called. Of several hooks the strictest counts: deny, defer, ask, allow. */
public final class PreToolUseAnswer extends TypedAnswer<PreToolUseAnswer> {

  private static final PreToolUseAnswer NONE = new PreToolUseAnswer(Reply.NONE);

  private PreToolUseAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: the host's own rules decide. */
  public static PreToolUseAnswer none() {
    return NONE;
  }

  /** Lets the tool be called without asking the user. */
  public static PreToolUseAnswer allow() {
    return allow(null);
  }

  /**
   * Lets the tool be called without asking the user.
   *
   * @param reason why, for the user
   */
  public static PreToolUseAnswer allow(@Nullable String reason) {
    return new PreToolUseAnswer(Reply.of(Reply.ALLOW, reason));
  }

  /**
   * Keeps the tool from being called.
   *
   * @param reason why, for the model; best with what to do instead
   */
  public static PreToolUseAnswer deny(String reason) {
    return new PreToolUseAnswer(Reply.refusal(Reply.DENY, reason));
  }

  /**
   * Lets the user decide. Hosts that can't ask deny instead.
   *
   * @param reason what the user should know
   */
  public static PreToolUseAnswer ask(String reason) {
    return new PreToolUseAnswer(Reply.of(Reply.ASK, reason));
  }

  /**
   * Ends the run with the call undecided; it comes again when the session is resumed. For Claude
   * Code without a user; hosts that can't wait deny instead.
   */
  public static PreToolUseAnswer defer() {
    return new PreToolUseAnswer(Reply.of(Reply.DEFER, null));
  }

  /** Tells the model something, and decides nothing. */
  public static PreToolUseAnswer context(String text) {
    return NONE.additionalContext(text);
  }

  /**
   * The same, with another input for the tool. If several hooks change it, the last to finish wins.
   *
   * @param input all of it; {@link JsonValue#with(String, String)} changes one field
   * @throws IllegalStateException unless this allows or asks
   */
  public PreToolUseAnswer updatedInput(JsonValue input) {
    if (!reply().is(Reply.ALLOW) && !reply().is(Reply.ASK)) {
      throw new IllegalStateException(
          "an input is changed only where the tool is allowed or asked for");
    }
    return with(reply().with(Reply.UPDATED_INPUT, input));
  }

  /** The same, and tells the model something. */
  public PreToolUseAnswer additionalContext(@Nullable String text) {
    return with(reply().with(Reply.ADDITIONAL_CONTEXT, text));
  }

  @Override
  PreToolUseAnswer with(Reply reply) {
    return new PreToolUseAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof PreToolUse;
  }
}
