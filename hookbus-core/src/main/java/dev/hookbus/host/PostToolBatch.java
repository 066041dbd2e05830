package dev.hookbus.host;

import java.util.List;

/**
 * All tools the model called together have ended, those that were denied too.
 *
 * @param context what every event tells
 * @param calls the calls, with the responses the model gets to see
 */
public record PostToolBatch(HookContext context, List<ToolCall> calls)
    implements HookEvent, AnsweredBy<PostToolBatchAnswer> {

  /** Copies the lists. */
  public PostToolBatch {
    calls = List.copyOf(calls);
  }
}
