package dev.hookbus.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Envelopes as JSON: written strictly, read tolerantly. Thread-safe. */
public final class EventJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private EventJson() {}

  /**
   * One line of compact JSON, keys in the schema's order, absent values left out.
   *
   * @throws IllegalArgumentException where the type, level or role is {@code UNKNOWN}, or the
   *     source is missing
   */
  public static String write(Event event) {
    StringWriter out = new StringWriter(1024);
    try (var json = JSON.createGenerator(out)) {
      EventWriter.write(json, event);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter has no I/O
    }
    return out.toString();
  }

  /**
   * Reads an envelope of any writer of schema 1.x. Unknown fields are skipped; an unknown type,
   * level or role reads as {@code UNKNOWN}; a field of the wrong kind reads as absent.
   *
   * @throws EventFormatException where the text is not one JSON object, or a required field is
   *     missing or unreadable, or the schema is of another major version
   */
  public static Event read(String envelope) {
    return EventReader.read(readFields(envelope));
  }

  static Map<String, @Nullable Object> readFields(String object) {
    try (JsonParser json = JSON.createParser(object)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventFormatException("not a JSON object");
      }
      Map<String, @Nullable Object> fields = JsonValues.readMap(json);
      if (json.nextToken() != null) {
        throw new EventFormatException("more than one JSON object");
      }
      return fields;
    } catch (JsonProcessingException e) {
      // The parser's message quotes the text, which may hold a secret.
      long offset = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
      throw new EventFormatException("not valid JSON at character " + offset);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a String has no I/O
    }
  }

  /**
   * A value as an envelope's {@code data} has it, for sinks whose receivers want another envelope.
   *
   * @param value a map, a list, a string, a number, a boolean or {@code null}, and these nested up
   *     to a depth of 64; of what is deeper, and of other objects, only a text
   */
  public static String writeValue(@Nullable Object value) {
    StringWriter out = new StringWriter(256);
    try (var json = JSON.createGenerator(out)) {
      JsonValues.write(json, JsonValues.copyOf(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter has no I/O
    }
    return out.toString();
  }
}
