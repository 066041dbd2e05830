package dev.hookbus.examples.quickstart;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the host says about a tool call.
 *
 * @param event {@code PreToolUse} or {@code PostToolUse}
 * @param sessionId the session, or {@code null}
 * @param tool the tool, such as {@code Edit}
 * @param toolUseId the host's ID of this call; {@code null} from old hosts
 * @param json all of it
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record HookInput(
    String event,
    @Nullable String sessionId,
    String tool,
    @Nullable String toolUseId,
    byte[] json) {

  /** Hosts set no limit: writing a file of some megabytes gives twice as much JSON. */
  private static final int MAX_BYTES = 16 << 20;

  private static final Set<String> EVENTS = Set.of("PreToolUse", "PostToolUse");

  /**
   * Reads a tool event.
   *
   * @throws IOException saying in a line what is wrong, without a word of the input
   */
  static HookInput read(InputStream stdin) throws IOException {
    byte[] json = stdin.readNBytes(MAX_BYTES + 1);
    if (json.length > MAX_BYTES) {
      throw new IOException("the input is larger than " + MAX_BYTES + " bytes");
    }
    Map<String, String> fields = topLevelTexts(json);
    String event = fields.get("hook_event_name");
    String tool = fields.get("tool_name");
    if (event == null || tool == null || !EVENTS.contains(event)) {
      throw new IOException("the input is no tool event; register this hook for " + EVENTS);
    }
    return new HookInput(event, fields.get("session_id"), tool, fields.get("tool_use_id"), json);
  }

  private static Map<String, String> topLevelTexts(byte[] json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the input is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new IOException("the input is no valid JSON", e);
    }
    return texts;
  }
}
