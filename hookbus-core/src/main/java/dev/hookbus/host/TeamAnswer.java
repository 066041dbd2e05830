package dev.hookbus.host;

/** Whether a member of a team is done. */
public final class TeamAnswer extends TypedAnswer<TeamAnswer> {

  private static final TeamAnswer NONE = new TeamAnswer(Reply.NONE);

  private TeamAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: it is. */
  public static TeamAnswer none() {
    return NONE;
  }

  /**
   * It is not, and goes on.
   *
   * @param reason why, for the member: what is left to do
   */
  public static TeamAnswer block(String reason) {
    return new TeamAnswer(Reply.refusal(Reply.BLOCK, reason));
  }

  /**
   * The same, and stops the agent altogether.
   *
   * @param reason why, for the user
   */
  public TeamAnswer stopAgent(String reason) {
    return with(reply().with(Reply.STOP_REASON, reason));
  }

  @Override
  TeamAnswer with(Reply reply) {
    return new TeamAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof TeammateIdle || event instanceof TaskCompleted;
  }
}
