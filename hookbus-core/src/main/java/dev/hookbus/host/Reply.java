package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer in neutral form, from which each host's protocol takes what its host understands.
 * Immutable. Fields have Claude Code's names.
 */
final class Reply {

  static final String ALLOW = "allow";
  static final String DENY = "deny";
  static final String ASK = "ask";
  static final String DEFER = "defer";
  static final String BLOCK = "block";
  static final String ACCEPT = "accept";
  static final String DECLINE = "decline";
  static final String CANCEL = "cancel";

  static final String SYSTEM_MESSAGE = "systemMessage";
  static final String TERMINAL_SEQUENCE = "terminalSequence";

  /** Being there, it also means {@code continue:false}. */
  static final String STOP_REASON = "stopReason";

  static final String ADDITIONAL_CONTEXT = "additionalContext";
  static final String UPDATED_INPUT = "updatedInput";

  static final Reply NONE = new Reply("", null, Map.of());

  private static final String NO_REASON = "no reason given";

  private final String decision;
  private final @Nullable String reason;
  private final Map<String, Object> fields;

  private Reply(String decision, @Nullable String reason, Map<String, Object> fields) {
    this.decision = decision;
    this.reason = reason;
    this.fields = fields;
  }

  static Reply of(String decision, @Nullable String reason) {
    return new Reply(decision, reason, Map.of());
  }

  /** A refusal. It must not fail for want of a reason, which some hosts insist on. */
  static Reply refusal(String decision, @Nullable String reason) {
    return of(decision, reason == null || reason.isBlank() ? NO_REASON : reason);
  }

  /** This reply with a text, a {@link JsonValue}, a flag or a list of texts; as it is if null. */
  Reply with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Reply(decision, reason, Collections.unmodifiableMap(more));
  }

  Reply without(String name) {
    Map<String, Object> less = new LinkedHashMap<>(fields);
    less.remove(name);
    return new Reply(decision, reason, Collections.unmodifiableMap(less));
  }

  Reply decided(String newDecision, @Nullable String newReason) {
    return new Reply(newDecision, newReason, fields);
  }

  /** What was decided; empty if nothing was. */
  String decision() {
    return decision;
  }

  boolean is(String other) {
    return decision.equals(other);
  }

  /** Whether the reply keeps something from happening. */
  boolean refuses() {
    return is(DENY) || is(BLOCK);
  }

  @Nullable String reason() {
    return reason;
  }

  String reasonOr(String other) {
    return reason == null ? other : reason;
  }

  Map<String, Object> fields() {
    return fields;
  }

  @Nullable Object get(String name) {
    return fields.get(name);
  }

  @Nullable String text(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  @Nullable JsonValue json(String name) {
    return fields.get(name) instanceof JsonValue value ? value : null;
  }

  boolean isSilent() {
    return decision.isEmpty() && fields.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reply that
        && decision.equals(that.decision)
        && Objects.equals(reason, that.reason)
        && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return decision.hashCode() + 31 * fields.hashCode();
  }

  /** Writes a field as a member of an object. */
  @SuppressWarnings("unchecked") // lists hold texts
  static void write(JsonWriter json, String name, @Nullable Object value) {
    if (value instanceof String text) {
      json.field(name, text);
    } else if (value instanceof JsonValue tree) {
      json.field(name, tree);
    } else if (value instanceof Boolean flag) {
      json.field(name, flag.booleanValue());
    } else if (value != null) {
      json.field(name, (Iterable<String>) value);
    }
  }
}
