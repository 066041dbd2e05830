package dev.hookbus.host;

/** What is shown of the agent's answer. */
public final class MessageDisplayAnswer extends TypedAnswer<MessageDisplayAnswer> {

  private static final MessageDisplayAnswer NONE = new MessageDisplayAnswer(Reply.NONE);

  private MessageDisplayAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: all of it. */
  public static MessageDisplayAnswer none() {
    return NONE;
  }

  /** Shows this instead; the model is not told. */
  public static MessageDisplayAnswer show(String text) {
    return new MessageDisplayAnswer(Reply.NONE.with("displayContent", text));
  }

  @Override
  MessageDisplayAnswer with(Reply reply) {
    return new MessageDisplayAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof MessageDisplay;
  }
}
