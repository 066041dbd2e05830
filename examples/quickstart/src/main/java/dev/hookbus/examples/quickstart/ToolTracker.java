package dev.hookbus.examples.quickstart;

import dev.hookbus.correlation.Correlation;
import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.PostToolUse;
import dev.hookbus.host.PostToolUseAnswer;
import dev.hookbus.host.PreToolUse;
import dev.hookbus.host.PreToolUseAnswer;
import dev.hookbus.host.ToolEvent;

/**
 * A hook of Claude Code, for {@code PostToolUse} and {@code PreToolUse}: it records every tool call
 * and tells the agent under which ID. A hook registered twice is run once.
 */
public final class ToolTracker implements HookHandler {

  private ToolTracker() {}

  /** Handles the event on standard input. */
  public static void main(String[] args) {
    HookMain.named("tool-tracker").arguments(args).run(new ToolTracker());
  }

  @Override
  public HookAnswer handle(HookEvent event) {
    if (event instanceof PreToolUse call) {
      return PreToolUseAnswer.context(context(call));
    }
    if (event instanceof PostToolUse call) {
      return PostToolUseAnswer.context(context(call));
    }
    return HookAnswer.none();
  }

  private static String context(ToolEvent call) {
    return Correlation.current()
        .map(current -> call.toolName() + " is on record as call " + current.correlationId() + ".")
        .orElse(call.toolName() + " is not on record: HookBus is off.");
  }
}
