package dev.hookbus.install;

import dev.hookbus.json.JsonWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Events as a host sends them, made up to try a command and to prepare its start. */
final class SampleEvent {

  private static final String COMMON_TOOL = "Bash";

  /** One of each thing that redaction looks at, so that all of it is prepared. */
  private static final String TEXT =
      """
      Tests run: 1 in /home/hook/shop, from 10.0.0.1, by hook@example.org
      see https://user:word@example.org/x?token=word
      curl -u user:word -H 'Authorization: Bearer wordwordwordword'
      AKIAIOSFODNN7EXAMPLE password=word 4111 1111 1111 1111 +1 202 555 0100
      -----BEGIN PRIVATE KEY-----
      word
      -----END PRIVATE KEY-----
      """;

  private SampleEvent() {}

  /** The begin of a session. */
  static String sessionStart() {
    return begun("SessionStart").field("source", "startup").endObject().finish() + "\n";
  }

  /** An event the hook is registered for. Of a tool's input it has what does no harm. */
  static String of(HookSpec hook) {
    JsonWriter event = begun(hook.event());
    if (HostEvents.isAboutTools(hook.event())) {
      event
          .field("permission_mode", "default")
          .field("tool_name", tool(hook.matcher()))
          .name("tool_input")
          .beginObject()
          .field("command", "true")
          .field("file_path", "/dev/null")
          .field("timeout", 1000)
          .endObject()
          .name("tool_response")
          .beginObject()
          .field("stdout", TEXT)
          .field("stderr", "")
          .field("interrupted", false)
          .name("structuredPatch")
          .beginArray()
          .endArray()
          .endObject()
          .field("tool_use_id", "toolu_sample")
          .field("duration_ms", 12);
    } else {
      event
          .field("source", "startup")
          .field("prompt", "hello")
          .field("message", "hello")
          .field("details", TEXT);
    }
    return event.endObject().finish() + "\n";
  }

  private static JsonWriter begun(String name) {
    return new JsonWriter()
        .beginObject()
        .field("session_id", "hookbus-selfcheck")
        .field("transcript_path", "/dev/null")
        .field("cwd", Path.of("").toAbsolutePath().toString())
        .field("hook_event_name", name);
  }

  /** The first tool that the matcher names; the commonest where it is no plain name. */
  private static String tool(@Nullable String matcher) {
    int end = 0;
    while (matcher != null && end < matcher.length() && isOfName(matcher.charAt(end))) {
      end++;
    }
    return matcher == null || end == 0 ? COMMON_TOOL : matcher.substring(0, end);
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }
}
