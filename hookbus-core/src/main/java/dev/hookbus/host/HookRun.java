package dev.hookbus.host;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.GuardResult;
import dev.hookbus.GuardedCallable;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import dev.hookbus.SkipReason;
import dev.hookbus.json.JsonException;
import dev.hookbus.safety.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One event from the host's words to the hook's answer. */
final class HookRun implements Callable<HookOutput> {

  /** Told how far a run has come, so that somebody else can answer in its place. */
  interface Supervisor {

    /** The event is known. */
    void understood(String event, String hostEvent);

    /** This is the answer; the bus is no longer needed. */
    void decided(HookOutput output, HookBus bus);

    /** Whether the run has used up its time. */
    boolean timedOut();

    /** Whether this is the second attempt at a call, whose first one was killed. */
    boolean triesAgain();
  }

  /** Copies of one hook start together; who comes later than this is no copy. */
  private static final Duration COPIES_WITHIN = Duration.ofSeconds(10);

  /** How long after its deadline a process is surely gone. */
  private static final Duration SURELY_GONE = Duration.ofSeconds(5);

  private static final int MAX_CALLS_TO_CLOSE = 100;
  private static final int LONGEST_NAME = 64;
  private static final int FIRST_BUFFER = 1 << 14;

  private final HookSettings settings;
  private final HookHandler handler;
  private final InputStream stdin;
  private final Supervisor supervisor;
  private final @Nullable String processMarker;
  private final @Nullable String retryToken;
  private final HostProtocol protocol;

  private String eventName = "";
  private String hostEvent = "";
  private boolean understood;
  private @Nullable Throwable failure;

  /**
   * Prepares a run.
   *
   * @param processMarker tells a resumed session from the one before; {@code null} if unknown
   * @param retryToken under which a process that was killed had begun this call, or another may
   *     have to end it; {@code null} where nobody tries again
   */
  HookRun(
      HookSettings settings,
      HookHandler handler,
      InputStream stdin,
      Supervisor supervisor,
      @Nullable String processMarker,
      @Nullable String retryToken) {
    this.settings = settings;
    this.handler = handler;
    this.stdin = stdin;
    this.supervisor = supervisor;
    this.processMarker = processMarker;
    this.retryToken = retryToken;
    this.protocol = HostProtocol.of(settings.host());
  }

  /** Reads, handles, answers; whatever goes wrong becomes an answer too. */
  HookOutput run() {
    Attempt<HookOutput> attempt = Attempt.capture(this);
    Throwable error = attempt.error();
    return error == null ? attempt.value() : failed(error);
  }

  /** What the handler threw, or what else went wrong; {@code null} if nothing did. */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public HookOutput call() throws IOException {
    byte[] input = read();
    HookEvent event = protocol.read(input, settings.event());
    understood(event.name(), event.context().hostEvent());
    HookBus given = settings.bus();
    HookBus bus = given == null ? HookBus.fromEnvironment() : given;
    HookOutput output = new Handling(event, input).handled(bus);
    supervisor.decided(output, bus);
    return output;
  }

  private byte[] read() throws IOException {
    byte[] input = new byte[FIRST_BUFFER];
    int size = 0;
    int count = stdin.read(input);
    while (count >= 0) {
      size += count;
      if (size > settings.maxInputBytes()) {
        break;
      }
      if (size == input.length) {
        input = Arrays.copyOf(input, size * 2);
      }
      count = stdin.read(input, size, input.length - size);
    }
    // Until the text is understood, this is all there is to choose a policy by.
    String name = settings.event() == null ? eventIn(input, size) : settings.event();
    understood(protocol.event(name), name);
    if (size > settings.maxInputBytes()) {
      throw new HookFailure("the input is larger than " + settings.maxInputBytes() + " bytes");
    }
    return Arrays.copyOf(input, size);
  }

  /** Finds the event's name in a text that may not be JSON. */
  private static String eventIn(byte[] input, int size) {
    String head = new String(input, 0, Math.min(size, 1 << 16), StandardCharsets.ISO_8859_1);
    int field = head.indexOf("\"hook_event_name\"");
    int colon = field < 0 ? -1 : head.indexOf(':', field);
    int start = colon < 0 ? -1 : head.indexOf('"', colon);
    int end = start < 0 ? -1 : head.indexOf('"', start + 1);
    return end < 0 || end - start > LONGEST_NAME ? "" : head.substring(start + 1, end);
  }

  private void understood(String event, String nameAtHost) {
    if (understood && event.equals(eventName) && nameAtHost.equals(hostEvent)) {
      return;
    }
    understood = true;
    eventName = event;
    hostEvent = nameAtHost;
    supervisor.understood(event, nameAtHost);
  }

  private HookOutput failed(Throwable error) {
    failure = error;
    return settings.failure(eventName, hostEvent, describe(error));
  }

  /** What went wrong, in a line; others' messages could hold a secret. */
  private String describe(Throwable error) {
    if (supervisor.timedOut()) {
      return "took longer than " + settings.deadlineOf(eventName).toMillis() + " ms";
    }
    if (error instanceof HookFailure || error instanceof JsonException) {
      return "failed: " + error.getMessage();
    }
    StackTraceElement[] trace = error.getStackTrace();
    String place = trace.length == 0 ? "" : " at " + trace[0];
    return "failed: " + error.getClass().getName() + place;
  }

  /** What is done with an event once it is known. */
  private final class Handling implements GuardedCallable<String, Exception>, Callable<String> {

    private final HookEvent event;
    private final byte[] input;
    private final boolean gate;
    private HookOutput output = HookOutput.SILENCE;

    Handling(HookEvent event, byte[] input) {
      this.event = event;
      this.input = input;
      this.gate = HookEvent.isGate(event.name());
    }

    HookOutput handled(HookBus bus) {
      if (!bus.isEnabled()) {
        return unguarded();
      }
      HookOutput handled = settle(guard(bus).with(invocation()).callSafely(key(), this));
      closeCalls(bus);
      return handled;
    }

    private HookOutput unguarded() {
      Attempt<String> attempt = Attempt.capture(this);
      Throwable error = attempt.error();
      return error == null ? output : failed(error);
    }

    /** The usual result first: classes that are not asked about are not loaded. */
    private HookOutput settle(GuardResult<String> result) {
      if (result instanceof GuardResult.Executed<String>) {
        return output;
      }
      if (result instanceof GuardResult.Failed<String> failed) {
        return failed(failed.error());
      }
      if (result instanceof GuardResult.Replayed<String> replayed) {
        return repeated(replayed.value());
      }
      if (result instanceof GuardResult.Skipped<String> skipped) {
        return skipped(skipped.reason());
      }
      return output;
    }

    /** Only an event that is surely handled elsewhere may be left alone. */
    private HookOutput skipped(SkipReason reason) {
      boolean handledElsewhere = reason == SkipReason.DUPLICATE || reason == SkipReason.IN_PROGRESS;
      if (handledElsewhere && !(gate && settings.failClosed())) {
        return HookOutput.SILENCE;
      }
      return unguarded();
    }

    /**
     * Asks the handler.
     *
     * @return what a copy of this hook must say too; empty if it may stay silent
     */
    @Override
    public String call() throws Exception {
      HookAnswer answer = ask();
      if (!answer.fits(event)) {
        throw new HookFailure(
            answer.getClass().getSimpleName() + " is no answer to " + event.name());
      }
      boolean denied = answer.reply().refuses();
      if (denied && wouldLoop()) {
        output = new HookOutput("", settings.name() + ": a stop is not blocked twice in a row", 0);
      } else {
        output = warned(answer.reply());
      }
      return gate && denied ? output.exitCode() + output.document() + "\n" + output.message() : "";
    }

    private HookAnswer ask() throws Exception {
      try {
        return HookFailure.unlessNull(handler.handle(event));
      } finally {
        if (supervisor.timedOut()) {
          // The interrupt was meant for the handler; what follows has to be written.
          boolean ignored = Thread.interrupted();
        }
      }
    }

    private HookOutput repeated(String copy) {
      int lineEnd = copy.indexOf('\n');
      if (lineEnd < 0 && supervisor.triesAgain()) {
        // It may have been a question, and the host has not heard it.
        return settings.failure(eventName, hostEvent, "has lost its answer");
      }
      return lineEnd < 0
          ? HookOutput.SILENCE
          : new HookOutput(
              copy.substring(1, lineEnd), copy.substring(lineEnd + 1), copy.charAt(0) - '0');
    }

    private boolean wouldLoop() {
      return (event instanceof Stop stop && stop.stopHookActive())
          || (event instanceof SubagentStop subagent && subagent.stopHookActive());
    }

    private HookOutput warned(Reply reply) {
      HookOutput written = protocol.write(event.name(), hostEvent, reply);
      String warning = "";
      for (Map.Entry<String, Object> field : reply.fields().entrySet()) {
        if (field.getValue() instanceof String text && text.length() > HookAnswer.LONGEST_TEXT) {
          warning = settings.name() + ": " + tooLong(field.getKey(), text);
        }
      }
      return warning.isEmpty() || !written.message().isEmpty()
          ? written
          : new HookOutput(written.document(), warning, written.exitCode());
    }

    private String tooLong(String name, String text) {
      return name
          + " has "
          + text.length()
          + " characters; of more than "
          + HookAnswer.LONGEST_TEXT
          + " the host shows only the begin";
    }

    private Guard guard(HookBus bus) {
      Guard.Builder guard = bus.guard(settings.name()).event(event.name());
      Duration deadline = settings.deadlineOf(event.name());
      guard.lease(deadline.plus(SURELY_GONE));
      if (gate || hostCallId() == null) {
        guard.ttl(COPIES_WITHIN);
      }
      if (gate && settings.failClosed()) {
        guard.waitForInProgress(deadline.dividedBy(2));
      }
      return guard.build();
    }

    private Invocation invocation() {
      Invocation call =
          Invocation.ofSession(event.sessionId())
              .withToolUseId(callId())
              .withPayload(input)
              .withRetryToken(retryToken);
      return event instanceof ToolEvent tool ? call.withTool(tool.toolName()) : call;
    }

    private GuardKey key() {
      HookKey own = settings.key();
      if (own != null) {
        return own.of(event);
      }
      String id = hostCallId();
      if (id == null) {
        return GuardKey.of(
            "hook", settings.name(), event.name(), event.sessionId(), processMarker, event.json());
      }
      return event instanceof PostToolUse || event instanceof PostToolUseFailure
          ? endOfCall(id)
          : GuardKey.of(
              "hook", settings.name(), event.name(), event.sessionId(), processMarker, "call", id);
    }

    /** One key for whatever ends a call, so that it is ended once. */
    private GuardKey endOfCall(String id) {
      return GuardKey.of(
          "hook", settings.name(), "end of call", event.sessionId(), processMarker, "call", id);
    }

    private @Nullable String hostCallId() {
      return event instanceof ToolEvent call ? call.toolUseId() : null;
    }

    /**
     * What joins the events of one call. Where the host gives no ID, equal calls of one prompt
     * share one that is made of what is called; its name says that it is derived.
     */
    private @Nullable String callId() {
      String id = hostCallId();
      if (id != null || !(event instanceof ToolEvent call)) {
        return id;
      }
      return GuardKey.of(
              "derived",
              event.sessionId(),
              event.context().promptId(),
              call.toolName(),
              call.tool().input())
          .toString();
    }

    /**
     * Ends calls that had a beginning and no end, such as those that were denied. A batch names its
     * calls; at a stop or a session's end all are over.
     */
    private void closeCalls(HookBus bus) {
      if (event instanceof ToolEvent) {
        return; // it speaks of its own call only
      }
      if (event instanceof PostToolBatch batch) {
        int last = Math.min(batch.calls().size(), MAX_CALLS_TO_CLOSE);
        boolean stored = true;
        for (int i = 0; i < last && stored; i++) {
          stored = close(bus, batch.calls().get(i));
        }
      } else if (event instanceof Stop || event instanceof SessionEnd) {
        boolean ignored =
            bus.emit(
                bus.events(event.sessionId())
                    .progress(event.name(), null, null, Map.of("ends", "all open tool calls")));
      }
    }

    private boolean close(HookBus bus, ToolCall call) {
      String id = call.useId();
      if (id == null) {
        return true;
      }
      GuardResult<String> closed =
          bus.guard(settings.name())
              .event(event.name())
              .build()
              .with(Invocation.ofSession(event.sessionId()).withTool(call.name()).withToolUseId(id))
              .callSafely(endOfCall(id), () -> "");
      return !(closed instanceof GuardResult.Executed<String> executed && executed.degraded());
    }
  }
}
