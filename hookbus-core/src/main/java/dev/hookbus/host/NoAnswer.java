package dev.hookbus.host;

/** For events whose host listens to nothing but a message to the user. */
public final class NoAnswer extends TypedAnswer<NoAnswer> {

  private static final NoAnswer NONE = new NoAnswer(Reply.NONE);

  private NoAnswer(Reply reply) {
    super(reply);
  }

  /** No answer. */
  public static NoAnswer none() {
    return NONE;
  }

  @Override
  NoAnswer with(Reply reply) {
    return new NoAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return true;
  }
}
