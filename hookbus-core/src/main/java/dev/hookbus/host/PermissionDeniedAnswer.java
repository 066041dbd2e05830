package dev.hookbus.host;

/** Whether a denied call is worth another try. */
public final class PermissionDeniedAnswer extends TypedAnswer<PermissionDeniedAnswer> {

  private static final PermissionDeniedAnswer NONE = new PermissionDeniedAnswer(Reply.NONE);

  private PermissionDeniedAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: it is not. */
  public static PermissionDeniedAnswer none() {
    return NONE;
  }

  /** Tells the model that it may try again. */
  public static PermissionDeniedAnswer retry() {
    return new PermissionDeniedAnswer(Reply.NONE.with("retry", true));
  }

  @Override
  PermissionDeniedAnswer with(Reply reply) {
    return new PermissionDeniedAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof PermissionDenied;
  }
}
