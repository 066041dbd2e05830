package dev.hookbus.host;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.hookbus.HookBus;
import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import dev.hookbus.metrics.ExecutionSample;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a hook in a test: gives it what a host would say, and shows what the host would get. Needs
 * no test framework.
 *
 * <pre>{@code
 * HookTester tester =
 *     HookTester.of(HookHandler.on(PreToolUse.class, call -> PreToolUseAnswer.deny("no")));
 * HookTester.Result result = tester.send(HookTester.preToolUse("Bash", "{\"command\":\"ls\"}"));
 * if (!result.blocked()) {
 *   throw new AssertionError(result);
 * }
 * }</pre>
 *
 * <p>The whole way is the real one but for the process: deadlines do not run, and a handler that
 * calls {@code System.exit} ends the test. {@link HookMain#tester} makes one with a hook's own
 * settings; unless they name a bus, nothing is recorded, and copies are not told.
 */
public final class HookTester {

  private final HookSettings settings;
  private final HookHandler handler;
  private final List<ExecutionSample> samples = new ArrayList<>();
  private @Nullable String processMarker = "test";

  HookTester(HookSettings settings, HookHandler handler) {
    HookBus given = settings.bus();
    HookBus bus = given == null ? HookBus.disabled() : given;
    bus.telemetry().subscribe(samples::add);
    this.settings = settings.withBus(bus);
    this.handler = handler;
  }

  /** Tests a handler that fails open, without a bus. */
  public static HookTester of(HookHandler handler) {
    return HookMain.named("test").tester(handler);
  }

  /** What Claude Code says before it calls a tool. */
  public static String preToolUse(String tool, String inputJson) {
    return new JsonWriter()
        .beginObject()
        .field("session_id", "test-session")
        .field("transcript_path", "/tmp/transcript.jsonl")
        .field("cwd", "/tmp")
        .field("permission_mode", "default")
        .field("hook_event_name", "PreToolUse")
        .field("tool_name", tool)
        .field("tool_input", JsonValue.parse(inputJson))
        .field("tool_use_id", "toolu_test")
        .endObject()
        .finish();
  }

  /** Makes the next events those of another process of the host, as if a session were resumed. */
  @CanIgnoreReturnValue
  public HookTester resumed() {
    processMarker += "+";
    return this;
  }

  /** Starts the hook with this on its standard input. */
  public Result send(String json) {
    return send(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Starts the hook with this on its standard input. */
  public Result send(byte[] stdin) {
    samples.clear();
    HookRun run =
        new HookRun(
            settings,
            handler,
            new ByteArrayInputStream(stdin),
            Unsupervised.INSTANCE,
            processMarker,
            null);
    HookOutput output = run.run();
    return new Result(
        output.document(),
        output.message(),
        output.exitCode(),
        run.failure(),
        List.copyOf(samples));
  }

  /**
   * What the host would get, and what is on record.
   *
   * @param stdout one document, or nothing
   * @param stderr a message, or nothing
   * @param exitCode 0, or 2 to block; 1 where no worktree was made
   * @param failure what the handler threw, or what was wrong with the event; {@code null} if
   *     nothing
   * @param records what the bus was told, if the hook has one that is on
   */
  public record Result(
      String stdout,
      String stderr,
      int exitCode,
      @Nullable Throwable failure,
      List<ExecutionSample> records) {

    /** Copies the list. */
    public Result {
      records = List.copyOf(records);
    }

    /** The answer; {@code null} if the hook was silent, or the answer is no JSON. */
    public @Nullable JsonValue answer() {
      try {
        return stdout.isEmpty() ? null : JsonValue.parse(stdout);
      } catch (JsonException e) {
        return null;
      }
    }

    /** Whether the hook blocked by its exit code. */
    public boolean blocked() {
      return exitCode == HostProtocol.EXIT_BLOCK;
    }
  }

  private enum Unsupervised implements HookRun.Supervisor {
    INSTANCE;

    @Override
    public void understood(String event, String hostEvent) {
      // Nobody would answer in its place.
    }

    @Override
    public void decided(HookOutput output, HookBus bus) {
      // Nobody would answer in its place.
    }

    @Override
    public boolean timedOut() {
      return false;
    }

    @Override
    public boolean triesAgain() {
      return false;
    }
  }
}
