package dev.hookbus.host;

/** Whether something may happen. */
public final class BlockAnswer extends TypedAnswer<BlockAnswer> {

  private static final BlockAnswer NONE = new BlockAnswer(Reply.NONE);

  private BlockAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: it may. */
  public static BlockAnswer none() {
    return NONE;
  }

  /**
   * Keeps it from happening.
   *
   * @param reason why, for the user or the model
   */
  public static BlockAnswer block(String reason) {
    return new BlockAnswer(Reply.refusal(Reply.BLOCK, reason));
  }

  @Override
  BlockAnswer with(Reply reply) {
    return new BlockAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof PreCompact
        || event instanceof TaskCreated
        || event instanceof ConfigChange;
  }
}
