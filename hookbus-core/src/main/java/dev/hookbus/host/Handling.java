package dev.hookbus.host;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.GuardResult;
import dev.hookbus.GuardedCallable;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import dev.hookbus.SkipReason;
import dev.hookbus.safety.Attempt;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What is done with an event once it is known. */
final class Handling implements GuardedCallable<String, Exception>, Callable<String> {

  /** Copies of one hook start together; who comes later than this is no copy. */
  private static final Duration COPIES_WITHIN = Duration.ofSeconds(10);

  /** How long after its deadline a process is surely gone. */
  private static final Duration SURELY_GONE = Duration.ofSeconds(5);

  private static final int MAX_CALLS_TO_CLOSE = 100;

  private final HookRun run;
  private final HookSettings settings;
  private final HookEvent event;
  private final byte[] input;
  private final boolean gate;
  private HookOutput output = HookOutput.SILENCE;

  Handling(HookRun run, HookEvent event, byte[] input) {
    this.run = run;
    this.settings = run.settings;
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
    return error == null ? output : run.failed(error);
  }

  /** The usual result first: classes that are not asked about are not loaded. */
  private HookOutput settle(GuardResult<String> result) {
    if (result instanceof GuardResult.Executed<String>) {
      return output;
    }
    if (result instanceof GuardResult.Failed<String> failed) {
      return run.failed(failed.error());
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
      throw new HookFailure(answer.getClass().getSimpleName() + " is no answer to " + event.name());
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
      return HookFailure.unlessNull(run.handler.handle(event));
    } finally {
      if (run.supervisor.timedOut()) {
        // The interrupt was meant for the handler; what follows has to be written.
        boolean ignored = Thread.interrupted();
      }
    }
  }

  private HookOutput repeated(String copy) {
    int lineEnd = copy.indexOf('\n');
    if (lineEnd < 0 && run.supervisor.triesAgain()) {
      // It may have been a question, and the host has not heard it.
      return run.failed("has lost its answer");
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
    HookOutput written = run.protocol.write(event.name(), event.context().hostEvent(), reply);
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
            .withRetryToken(run.retryToken);
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
          "hook",
          settings.name(),
          event.name(),
          event.sessionId(),
          run.processMarker,
          event.json());
    }
    return event instanceof PostToolUse || event instanceof PostToolUseFailure
        ? endOfCall(id)
        : GuardKey.of(
            "hook",
            settings.name(),
            event.name(),
            event.sessionId(),
            run.processMarker,
            "call",
            id);
  }

  /** One key for whatever ends a call, so that it is ended once. */
  private GuardKey endOfCall(String id) {
    return GuardKey.of(
        "hook", settings.name(), "end of call", event.sessionId(), run.processMarker, "call", id);
  }

  private @Nullable String hostCallId() {
    return event instanceof ToolEvent call ? call.toolUseId() : null;
  }

  /**
   * What joins the events of one call. Where the host gives no ID, equal calls of one prompt share
   * one that is made of what is called; its name says that it is derived.
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
