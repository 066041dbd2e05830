import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.PostToolUse;
import dev.hookbus.host.PostToolUseAnswer;

/** The measured hook: one event in, one guarded and recorded call, one answer out. */
public final class StartHook implements HookHandler {
  private StartHook() {}

  public static void main(String[] args) {
    HookMain.run("post-tool", new StartHook());
  }

  @Override
  public HookAnswer handle(HookEvent event) {
    return event instanceof PostToolUse call
        ? PostToolUseAnswer.context("tracked " + call.toolName())
        : HookAnswer.none();
  }
}
