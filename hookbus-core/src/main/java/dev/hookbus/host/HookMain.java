package dev.hookbus.host;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The main method of a hook process.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   HookMain.run(
 *       "no-force-push",
 *       HookHandler.on(
 *           PreToolUse.class,
 *           call ->
 *               call.input() instanceof ToolInput.Bash bash
 *                       && bash.command().contains("push --force")
 *                   ? PreToolUseAnswer.deny("Force pushes need a person.")
 *                   : PreToolUseAnswer.none()));
 * }
 * }</pre>
 *
 * <p>It reads the host's event from standard input, runs the handler inside a guard of the {@link
 * HookBus} the environment asks for, writes exactly one answer, or none, and leaves at once,
 * whatever threads are left. What handlers print goes to the error output. Everything that can go
 * wrong with a handler ends in the hook's policy: fail open, the default, so that a broken hook
 * never stops anybody's tool, or {@linkplain #failClosed closed}, so that nothing unchecked runs.
 */
public final class HookMain {

  private static final int MAX_INPUT_BYTES = 32 << 20;

  private final String name;
  private AgentHost host = AgentHost.CLAUDE_CODE;
  private @Nullable String event;
  private boolean failClosed;
  private @Nullable Duration deadline;
  private Duration usualDeadline = Duration.ofSeconds(25);
  private int maxInputBytes = MAX_INPUT_BYTES;
  private @Nullable HookKey key;
  private @Nullable HookBus bus;

  private HookMain(String name) {
    this.name = name;
  }

  /**
   * Handles the event this process was started for. Does not return: the process ends.
   *
   * @param name the hook's name, by which it is listed and counted
   */
  public static void run(String name, HookHandler handler) {
    named(name).run(handler);
  }

  /** Starts with the defaults; {@link #run(HookHandler)} ends it. */
  public static HookMain named(String name) {
    return new HookMain(name);
  }

  /** Who starts the hook; {@link AgentHost#CLAUDE_CODE} by default. */
  @CanIgnoreReturnValue
  public HookMain host(AgentHost newHost) {
    this.host = newHost;
    return this;
  }

  /**
   * Takes {@code --host} and {@code --event} from a command line, each followed by its value; the
   * event is for hosts that do not name it. Leaves everything else to the caller.
   *
   * @throws IllegalArgumentException if there is no such host
   */
  @CanIgnoreReturnValue
  public HookMain arguments(String... args) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals("--host")) {
        host = AgentHost.ofFlag(args[i + 1]);
      } else if (args[i].equals("--event")) {
        event = args[i + 1];
      }
    }
    return this;
  }

  /**
   * Refuses what the handler could not check, where the event is one that asks for leave: before
   * tools, permissions, prompts, elicitations and model switches. Other events are never blocked.
   *
   * <p>Two things no process can do for itself: to answer after {@code Runtime.halt} or {@code kill
   * -9}. Tell the host to block then, by {@code "onFailure": "block"} in Claude Code's settings.
   */
  @CanIgnoreReturnValue
  public HookMain failClosed() {
    this.failClosed = true;
    return this;
  }

  /**
   * How long the handler may take; it is interrupted then, and its failure handled by the policy.
   * Choose it below the hook's timeout in the host's settings, or the answer is lost. By default 25
   * seconds, 8 for {@link MessageDisplay}, and 0.8 for {@link SessionEnd}.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  @CanIgnoreReturnValue
  public HookMain deadline(Duration newDeadline) {
    this.deadline = positive(newDeadline);
    return this;
  }

  /**
   * The deadline on events that have no shorter one of their own, as {@link MessageDisplay} and
   * {@link SessionEnd} have; {@link #deadline} comes before it. 25 seconds by default.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  @CanIgnoreReturnValue
  public HookMain usualDeadline(Duration newDeadline) {
    this.usualDeadline = positive(newDeadline);
    return this;
  }

  private Duration positive(Duration newDeadline) {
    if (newDeadline.isNegative() || newDeadline.isZero()) {
      throw new IllegalArgumentException("hook " + name + ": the deadline must be positive");
    }
    return newDeadline;
  }

  /**
   * Most bytes of an event; more is a failure. 32 MiB by default.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  @CanIgnoreReturnValue
  public HookMain maxInputBytes(int bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("hook " + name + ": maxInputBytes must be positive");
    }
    this.maxInputBytes = bytes;
    return this;
  }

  /**
   * Which events are one piece of work, of which only the first is handled. By default those of one
   * tool call; of other events, byte-identical ones within ten seconds: hosts start a hook twice
   * that is registered twice. The second one stays silent, or repeats a denial.
   */
  @CanIgnoreReturnValue
  public HookMain keyedBy(HookKey newKey) {
    this.key = newKey;
    return this;
  }

  /** Handles every event, even if it comes twice. */
  @CanIgnoreReturnValue
  public HookMain everyTime() {
    return keyedBy(said -> GuardKey.none());
  }

  /** A bus of your own, which is closed at the end; {@link HookBus#fromEnvironment} by default. */
  @CanIgnoreReturnValue
  public HookMain bus(HookBus newBus) {
    this.bus = newBus;
    return this;
  }

  /** Handles the event this process was started for. Does not return: the process ends. */
  public void run(HookHandler handler) {
    HookProcess.run(settings(), handler);
  }

  /** The same hook in a test, without a process. */
  public HookTester tester(HookHandler handler) {
    return new HookTester(settings(), handler);
  }

  private HookSettings settings() {
    return new HookSettings(
        name, host, event, failClosed, deadline, usualDeadline, maxInputBytes, key, bus);
  }
}
