package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * What all answers can say.
 *
 * @param <A> the class of the answer itself
 */
abstract sealed class TypedAnswer<A extends TypedAnswer<A>> extends HookAnswer
    permits PreToolUseAnswer,
        PermissionRequestAnswer,
        PostToolUseAnswer,
        PostToolBatchAnswer,
        ContextAnswer,
        UserPromptSubmitAnswer,
        UserPromptExpansionAnswer,
        SessionStartAnswer,
        StopAnswer,
        BlockAnswer,
        TeamAnswer,
        PreModelSwitchAnswer,
        PermissionDeniedAnswer,
        ElicitationAnswer,
        WatchAnswer,
        WorktreeAnswer,
        MessageDisplayAnswer,
        NoAnswer {

  TypedAnswer(Reply reply) {
    super(reply);
  }

  /** The same, and shows the user a message; the model is not told. */
  public final A systemMessage(@Nullable String text) {
    return with(reply().with(Reply.SYSTEM_MESSAGE, text));
  }

  /**
   * The same, and sends the terminal a sequence: a title, a notification or a bell. The host lets
   * few through, and only with a user before it.
   */
  public final A terminalSequence(@Nullable String sequence) {
    return with(reply().with(Reply.TERMINAL_SEQUENCE, sequence));
  }

  /** The same kind of answer with another content. */
  abstract A with(Reply reply);
}
