package dev.hookbus.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;

/**
 * What Claude Code does with a hook's answer before a tool: measured on the real one, and written
 * down here as rules. It forgives less than one would think.
 */
final class ClaudeHost {

  /** What became of the hook. */
  enum Verdict {
    /** The tool was kept from running. */
    BLOCKED,
    /** The tool ran, and the host thinks the hook meant it to. */
    RAN,
    /** The host saw a failure: the tool runs, unless {@code onFailure} says to block. */
    FAILED;

    boolean runs(boolean blockOnFailure) {
      return this == RAN || (this == FAILED && !blockOnFailure);
    }
  }

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> PERMISSIONS = Set.of("allow", "deny", "ask", "defer");
  private static final Set<String> DECISIONS = Set.of("approve", "block");
  private static final List<String> TEXTS =
      List.of("reason", "stopReason", "systemMessage", "permissionDecisionReason");

  private ClaudeHost() {}

  /** A command that ended by itself. */
  static Verdict command(int exitCode, byte[] stdout) {
    if (exitCode == 2) {
      return Verdict.BLOCKED;
    }
    String text = new String(stdout, UTF_8).replaceFirst("^\ufeff", "").strip();
    Verdict withoutVerdict = exitCode == 0 ? Verdict.RAN : Verdict.FAILED;
    if (!text.startsWith("{")) {
      return withoutVerdict;
    }
    if (text.lines().findFirst().orElse("").matches("\\{\\s*\"async\"\\s*:\\s*true.*}")) {
      return Verdict.RAN;
    }
    JsonNode answer = parse(text);
    if (answer == null) {
      return text.lines().allMatch(line -> parse(line) != null) ? Verdict.FAILED : withoutVerdict;
    }
    return answer(answer);
  }

  /** A command that was killed, by a signal or because its time was over, or never started. */
  static Verdict killed() {
    return Verdict.FAILED;
  }

  /** An answer over HTTP. */
  static Verdict http(int status, String body) {
    if (status < 200 || status > 299) {
      return Verdict.FAILED;
    }
    if (body.isBlank()) {
      return Verdict.RAN;
    }
    JsonNode answer = parse(body);
    return answer == null ? Verdict.FAILED : answer(answer);
  }

  private static Verdict answer(JsonNode answer) {
    JsonNode specific = answer.path("hookSpecificOutput");
    boolean valid =
        answer.isObject()
            && hasNoNull(answer)
            && hasTexts(answer)
            && isOneOf(answer, "decision", DECISIONS)
            && (specific.isMissingNode() || isValid(specific));
    if (!valid) {
      return answer.isObject() ? Verdict.FAILED : Verdict.RAN;
    }
    boolean denied =
        specific.path("permissionDecision").asText().equals("deny")
            || answer.path("decision").asText().equals("block");
    return denied ? Verdict.BLOCKED : Verdict.RAN;
  }

  private static boolean isValid(JsonNode specific) {
    return specific.path("hookEventName").asText().equals("PreToolUse")
        && hasNoNull(specific)
        && hasTexts(specific)
        && isOneOf(specific, "permissionDecision", PERMISSIONS);
  }

  private static boolean hasNoNull(JsonNode object) {
    for (JsonNode value : object) {
      if (value.isNull()) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasTexts(JsonNode object) {
    return TEXTS.stream().allMatch(name -> !object.has(name) || object.get(name).isTextual());
  }

  private static boolean isOneOf(JsonNode object, String name, Set<String> values) {
    return !object.has(name) || values.contains(object.get(name).asText());
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
