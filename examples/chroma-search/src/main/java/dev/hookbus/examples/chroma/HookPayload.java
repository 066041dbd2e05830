package dev.hookbus.examples.chroma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What an agent host says about a tool call that has ended.
 *
 * @param json all of it
 */
record HookPayload(JsonNode json) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_SUMMARY = 300;

  static HookPayload read(String line) throws IOException {
    return new HookPayload(MAPPER.readTree(line));
  }

  String text(String field) {
    return json.path(field).asText("");
  }

  boolean failed() {
    return text("hook_event_name").endsWith("Failure");
  }

  /** What the call was about and what came of it, in words somebody may look for. */
  String summary() {
    JsonNode outcome = failed() ? json.path("error") : json.path("tool_response");
    String summary = text("tool_name") + " " + json.path("tool_input") + " gave " + outcome;
    return summary.length() <= MAX_SUMMARY ? summary : summary.substring(0, MAX_SUMMARY);
  }
}
