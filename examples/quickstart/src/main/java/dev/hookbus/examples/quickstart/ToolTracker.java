package dev.hookbus.examples.quickstart;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.GuardResult;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import dev.hookbus.correlation.Correlation;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * A hook of Claude Code, for {@code PostToolUse} and {@code PreToolUse}: it records every tool call
 * and tells the agent under which ID.
 *
 * <p>Standard output belongs to the host, which reads one JSON document there or nothing. What goes
 * wrong is said on the error output, and the process still ends with 0: a tracker must never stop
 * anybody's tool.
 */
public final class ToolTracker {

  private ToolTracker() {}

  /** Reads the host's JSON from standard input and prints the answer, if there is one. */
  public static void main(String[] args) {
    try {
      HookInput input = HookInput.read(System.in);
      String answer;
      try (HookBus bus = HookBus.fromEnvironment()) {
        answer = track(bus, input);
      }
      // Printed last and as UTF-8, whatever the locale says.
      System.out.write(answer.getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    } catch (IOException e) {
      System.err.println("tool-tracker: " + e.getMessage());
    }
  }

  /** The answer to print; empty if this call was answered before. */
  private static String track(HookBus bus, HookInput input) throws IOException {
    Guard guard = bus.guard("tool-tracker").event(input.event()).build();
    GuardResult<String> result =
        guard.with(invocation(input)).call(key(input), () -> answer(input));
    // A duplicate is this hook registered twice, say in the settings and by a plugin. The result
    // holds the first run's answer, but the host would show the agent both: stay silent.
    return result.executed() ? result.orElse("") : "";
  }

  private static Invocation invocation(HookInput input) {
    return Invocation.ofSession(input.sessionId())
        .withTool(input.tool())
        .withToolUseId(input.toolUseId())
        .withPayload(input.json());
  }

  /** One tool call has one ID but two events. Hosts that give no ID get no key. */
  private static GuardKey key(HookInput input) {
    return input.toolUseId() == null
        ? GuardKey.none()
        : GuardKey.of("tool_track", input.sessionId(), input.event(), input.toolUseId());
  }

  private static String answer(HookInput input) throws IOException {
    StringWriter answer = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(answer)) {
      json.writeStartObject();
      json.writeObjectFieldStart("hookSpecificOutput");
      json.writeStringField("hookEventName", input.event());
      json.writeStringField("additionalContext", context(input));
      json.writeEndObject();
      json.writeEndObject();
    }
    return answer.toString();
  }

  private static String context(HookInput input) {
    return Correlation.current()
        .map(call -> input.tool() + " is on record as call " + call.correlationId() + ".")
        .orElse(input.tool() + " is not on record: HookBus is off.");
  }
}
