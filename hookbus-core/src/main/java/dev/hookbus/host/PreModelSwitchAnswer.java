package dev.hookbus.host;

/** Whether the session may go on with another model. */
public final class PreModelSwitchAnswer extends TypedAnswer<PreModelSwitchAnswer> {

  private static final PreModelSwitchAnswer NONE = new PreModelSwitchAnswer(Reply.NONE);

  private PreModelSwitchAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: the host's own rules decide. */
  public static PreModelSwitchAnswer none() {
    return NONE;
  }

  /** Lets it. */
  public static PreModelSwitchAnswer allow() {
    return new PreModelSwitchAnswer(Reply.of(Reply.ALLOW, null));
  }

  /**
   * Keeps it from doing so.
   *
   * @param reason why, for the user
   */
  public static PreModelSwitchAnswer deny(String reason) {
    return new PreModelSwitchAnswer(Reply.refusal(Reply.DENY, reason));
  }

  /**
   * Lets the user decide.
   *
   * @param reason what the user should know
   */
  public static PreModelSwitchAnswer ask(String reason) {
    return new PreModelSwitchAnswer(Reply.of(Reply.ASK, reason));
  }

  @Override
  PreModelSwitchAnswer with(Reply reply) {
    return new PreModelSwitchAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof PreModelSwitch;
  }
}
