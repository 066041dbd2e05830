package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/** Whether the agent goes on after a batch of tool calls. */
public final class PostToolBatchAnswer extends TypedAnswer<PostToolBatchAnswer> {

  private static final PostToolBatchAnswer NONE = new PostToolBatchAnswer(Reply.NONE);

  private PostToolBatchAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: it goes on. */
  public static PostToolBatchAnswer none() {
    return NONE;
  }

  /**
   * Stops the agent before it asks the model again.
   *
   * @param reason why, for the user
   */
  public static PostToolBatchAnswer block(String reason) {
    return new PostToolBatchAnswer(Reply.refusal(Reply.BLOCK, reason));
  }

  /** Tells the model something, and decides nothing. */
  public static PostToolBatchAnswer context(String text) {
    return NONE.additionalContext(text);
  }

  /** The same, and tells the model something. */
  public PostToolBatchAnswer additionalContext(@Nullable String text) {
    return with(reply().with(Reply.ADDITIONAL_CONTEXT, text));
  }

  /**
   * The same, and stops the agent altogether.
   *
   * @param reason why, for the user
   */
  public PostToolBatchAnswer stopAgent(String reason) {
    return with(reply().with(Reply.STOP_REASON, reason));
  }

  @Override
  PostToolBatchAnswer with(Reply reply) {
    return new PostToolBatchAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof PostToolBatch;
  }
}
