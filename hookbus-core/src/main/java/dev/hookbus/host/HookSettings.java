package dev.hookbus.host;

import dev.hookbus.HookBus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was chosen for a hook.
 *
 * @param event the event, for hosts that do not name it; {@code null} to look into the text
 * @param deadline {@code null} for the one that suits the event
 * @param usualDeadline on events that have no shorter one of their own
 * @param key {@code null} for the standard one
 * @param bus {@code null} for the environment's
 */
record HookSettings(
    String name,
    AgentHost host,
    @Nullable String event,
    boolean failClosed,
    @Nullable Duration deadline,
    Duration usualDeadline,
    int maxInputBytes,
    @Nullable HookKey key,
    @Nullable HookBus bus) {

  /** Those of the gates that are answered by a permission. */
  private static final String PERMISSIONS = " PreToolUse PermissionRequest PreModelSwitch ";

  /** Hosts give a message's display 10 seconds. */
  private static final Duration DISPLAY_DEADLINE = Duration.ofSeconds(8);

  /** All hooks share 1.5 seconds, of which the virtual machine has taken its part by now. */
  private static final Duration SESSION_END_DEADLINE = Duration.ofMillis(800);

  HookSettings withBus(HookBus newBus) {
    return new HookSettings(
        name, host, event, failClosed, deadline, usualDeadline, maxInputBytes, key, newBus);
  }

  /**
   * How long the hook may take.
   *
   * @param eventName empty while it is not known
   */
  Duration deadlineOf(String eventName) {
    if (deadline != null) {
      return deadline;
    }
    return switch (eventName) {
      case "SessionEnd" -> atMost(SESSION_END_DEADLINE);
      case "MessageDisplay" -> atMost(DISPLAY_DEADLINE);
      default -> usualDeadline;
    };
  }

  private Duration atMost(Duration limit) {
    return usualDeadline.compareTo(limit) < 0 ? usualDeadline : limit;
  }

  /**
   * What is left behind when nobody can say what the answer is.
   *
   * @param eventName empty if even that is unknown
   * @param why a line without a word of the input
   */
  HookOutput failure(String eventName, String hostEvent, String why) {
    String line = "hook " + name + " " + why;
    if (failClosed && (eventName.isEmpty() || HookEvent.isGate(eventName))) {
      Reply refusal =
          Reply.refusal(
              PERMISSIONS.contains(" " + eventName + " ") ? Reply.DENY : Reply.BLOCK,
              line + "; what it can't check is denied");
      return HostProtocol.of(host).write(eventName, hostEvent, refusal);
    }
    // The host waits for a worktree that is not there.
    return new HookOutput("", line, eventName.equals("WorktreeCreate") ? 1 : 0);
  }
}
