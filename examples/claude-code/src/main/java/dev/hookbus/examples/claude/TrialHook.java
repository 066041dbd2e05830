package dev.hookbus.examples.claude;

import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.PostToolUse;
import dev.hookbus.host.PreToolUse;
import dev.hookbus.host.SessionStart;
import dev.hookbus.host.SessionStartAnswer;
import dev.hookbus.host.Stop;
import dev.hookbus.host.StopAnswer;
import dev.hookbus.host.UserPromptSubmit;
import dev.hookbus.host.UserPromptSubmitAnswer;
import java.time.Duration;

/** The hook that is registered in the host: does what the {@link Trial} of a call says. */
final class TrialHook implements HookHandler {

  static final String AT_START = "context of the session";
  static final String AT_PROMPT = "context of the prompt";
  static final String AT_STOP = "one thing more";

  private TrialHook() {}

  /** Lets everything pass that it can't check. */
  static final class Open {

    private Open() {}

    public static void main(String[] args) {
      hook().run(new TrialHook());
    }
  }

  /** Lets nothing pass that it can't check. */
  static final class Closed {

    private Closed() {}

    public static void main(String[] args) {
      hook().failClosed().run(new TrialHook());
    }
  }

  private static HookMain hook() {
    return HookMain.named("trial").deadline(Duration.ofSeconds(4));
  }

  @Override
  public HookAnswer handle(HookEvent event) throws Exception {
    if (event instanceof PreToolUse call) {
      return Trial.of(call).before(call);
    }
    if (event instanceof PostToolUse call) {
      return Trial.of(call).after(call);
    }
    if (event instanceof SessionStart) {
      return SessionStartAnswer.context(AT_START);
    }
    if (event instanceof UserPromptSubmit) {
      return UserPromptSubmitAnswer.context(AT_PROMPT);
    }
    // Blocks every stop: that a session ends all the same is the library's work.
    return event instanceof Stop ? StopAnswer.block(AT_STOP) : HookAnswer.none();
  }
}
