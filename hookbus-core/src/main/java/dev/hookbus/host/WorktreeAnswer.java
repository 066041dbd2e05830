package dev.hookbus.host;

/** Where the worktree is that the hook made. */
public final class WorktreeAnswer extends TypedAnswer<WorktreeAnswer> {

  private WorktreeAnswer(Reply reply) {
    super(reply);
  }

  /** It is there; the path has no line end in it. */
  public static WorktreeAnswer created(String path) {
    if (path.isBlank() || path.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a worktree's path has one line");
    }
    return new WorktreeAnswer(Reply.NONE.with("worktreePath", path));
  }

  /**
   * There is none.
   *
   * @param reason why, for the user
   */
  public static WorktreeAnswer failed(String reason) {
    return new WorktreeAnswer(Reply.refusal(Reply.BLOCK, reason));
  }

  @Override
  WorktreeAnswer with(Reply reply) {
    return new WorktreeAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof WorktreeCreate;
  }
}
