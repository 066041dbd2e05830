package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What becomes of a tool's response. */
public final class PostToolUseAnswer extends TypedAnswer<PostToolUseAnswer> {

  private static final PostToolUseAnswer NONE = new PostToolUseAnswer(Reply.NONE);

  private PostToolUseAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: the model gets the response as it is. */
  public static PostToolUseAnswer none() {
    return NONE;
  }

  /**
   * Tells the model, beside the response, that something is wrong with it. The tool has been called
   * all the same.
   *
   * @param reason why, for the model
   */
  public static PostToolUseAnswer block(String reason) {
    return new PostToolUseAnswer(Reply.refusal(Reply.BLOCK, reason));
  }

  /** Tells the model something, and decides nothing. */
  public static PostToolUseAnswer context(String text) {
    return NONE.additionalContext(text);
  }

  /** The same, and tells the model something. */
  public PostToolUseAnswer additionalContext(@Nullable String text) {
    return with(reply().with(Reply.ADDITIONAL_CONTEXT, text));
  }

  /** The same, with another response in the form of the tool's own. */
  public PostToolUseAnswer updatedToolOutput(JsonValue response) {
    return with(reply().with("updatedToolOutput", response));
  }

  /** The same, with another response of an MCP tool. */
  public PostToolUseAnswer updatedMcpToolOutput(JsonValue response) {
    return with(reply().with("updatedMCPToolOutput", response));
  }

  /** The same, with a hint for the host's safety check; at most 2,000 characters. */
  public PostToolUseAnswer classifierContext(String hint) {
    return with(reply().with("classifierContext", hint));
  }

  /**
   * The same, and stops the agent altogether.
   *
   * @param reason why, for the user
   */
  public PostToolUseAnswer stopAgent(String reason) {
    return with(reply().with(Reply.STOP_REASON, reason));
  }

  @Override
  PostToolUseAnswer with(Reply reply) {
    return new PostToolUseAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof PostToolUse;
  }
}
