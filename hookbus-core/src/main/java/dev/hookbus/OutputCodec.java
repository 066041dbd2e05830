package dev.hookbus;

import dev.hookbus.idempotency.StoredOutput;
import dev.hookbus.idempotency.StoredOutput.Kind;
import dev.hookbus.payload.Redactor;
import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Turns outputs into text for replay and back. An output the redactor would change is not kept: a
 * replay must be the very value, and the database must hold no secret.
 */
final class OutputCodec {

  private final Redactor redactor;
  private final int maxBytes;
  private final Problems problems;

  OutputCodec(Redactor redactor, int maxBytes, Problems problems) {
    this.redactor = redactor;
    this.maxBytes = maxBytes;
    this.problems = problems;
  }

  /**
   * The output as kept, or {@code null} if it can't be.
   *
   * @param asJson whether objects are written too; without, only what names its own type is kept
   */
  @Nullable StoredOutput encode(@Nullable Object output, boolean asJson) {
    Kind kind = kindOf(output);
    if (kind == Kind.JSON && !asJson) {
      return null;
    }
    Attempt<@Nullable String> text =
        Attempt.shield(
            new Callable<>() {
              @Override
              public @Nullable String call() throws Exception {
                return keepable(kind, output);
              }
            });
    String kept = text.error() == null ? text.value() : null;
    if (kept == null) {
      problems.report(
          Problem.OUTPUT_NOT_REPLAYABLE,
          "an output is larger than HOOKBUS_MAX_BYTES, holds what the redactor removes, or is no"
              + " JSON; duplicates are skipped instead of replayed",
          text.error());
      return null;
    }
    return new StoredOutput(kind, kept);
  }

  /**
   * The value to replay.
   *
   * @param type the type the caller wants, or {@code null} to take what names its own type
   * @return empty if the output is not of that type
   */
  Optional<Decoded> decode(@Nullable StoredOutput output, @Nullable Type type) {
    if (output == null || (output.kind() == Kind.JSON && type == null)) {
      return Optional.empty();
    }
    Attempt<@Nullable Object> value = Attempt.shield(() -> valueOf(output, type));
    boolean wanted =
        value.error() == null
            && (value.value() == null
                || !(type instanceof Class<?> wantedClass)
                || boxed(wantedClass).isInstance(value.value()));
    return wanted ? Optional.of(new Decoded(value.value())) : Optional.empty();
  }

  /** The class of values of {@code type}: of a primitive type, its box. */
  @SuppressWarnings("unchecked") // wrapping keeps the type
  static <T> Class<T> boxed(Class<T> type) {
    return (Class<T>) MethodType.methodType(type).wrap().returnType();
  }

  /** A replayed value, which may be {@code null}. */
  record Decoded(@Nullable Object value) {}

  private @Nullable String keepable(Kind kind, @Nullable Object output) throws Exception {
    if (output == null) {
      return "";
    }
    String text = kind == Kind.JSON ? Json.write(output) : output.toString();
    boolean fits =
        text.length() <= maxBytes / 4 || text.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
    return fits && redactor.redact(text).equals(text) ? text : null;
  }

  private static Kind kindOf(@Nullable Object output) {
    if (output == null) {
      return Kind.NULL;
    }
    if (output instanceof String) {
      return Kind.STRING;
    }
    if (output instanceof Integer) {
      return Kind.INTEGER;
    }
    if (output instanceof Long) {
      return Kind.LONG;
    }
    if (output instanceof Double) {
      return Kind.DOUBLE;
    }
    return output instanceof Boolean ? Kind.BOOLEAN : Kind.JSON;
  }

  private static @Nullable Object valueOf(StoredOutput output, @Nullable Type type)
      throws Exception {
    String text = output.text();
    return switch (output.kind()) {
      case NULL -> null;
      case STRING -> text;
      case INTEGER -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case JSON -> Json.read(text, type == null ? Object.class : type);
    };
  }
}
