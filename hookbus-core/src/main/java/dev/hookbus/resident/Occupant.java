package dev.hookbus.resident;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A process as it stands in the run directory, for those whom it does not answer.
 *
 * @param version of the library and Java
 * @param process which it is
 * @param started when
 * @param library the jar of the library it runs on
 */
record Occupant(String version, ProcessIdentity process, Instant started, String library) {

  /** The one that a file names; {@code null} if it names none. */
  static @Nullable Occupant in(Path file) {
    try {
      JsonValue json = JsonValue.parse(Files.readAllBytes(file));
      return new Occupant(
          String.valueOf(json.text("id")),
          new ProcessIdentity(number(json, "pid"), number(json, "ticks")),
          Instant.parse(String.valueOf(json.text("started"))),
          String.valueOf(json.text("library")));
    } catch (IOException | JsonException | DateTimeParseException namesNone) {
      return null;
    }
  }

  static long number(JsonValue json, String name) {
    JsonValue value = json.get(name);
    Long number = value == null ? null : value.asLong();
    return number == null ? 0 : number;
  }

  /** An object that says all this, and is not ended. */
  JsonWriter begun() {
    return new JsonWriter()
        .beginObject()
        .field("id", version)
        .field("pid", process.pid())
        .field("ticks", process.startTicks())
        .field("started", started.toString())
        .field("library", library);
  }

  String toJson() {
    return begun().endObject().finish();
  }
}
