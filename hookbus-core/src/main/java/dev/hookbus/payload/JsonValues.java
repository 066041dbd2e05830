package dev.hookbus.payload;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes objects as JSON. Apart, so that databind is loaded only for values that are not text. */
final class JsonValues {

  private static final ObjectMapper MAPPER = new ObjectMapper().findAndRegisterModules();

  private JsonValues() {}

  static byte[] write(@Nullable Object value) throws IOException {
    return MAPPER.writeValueAsBytes(value);
  }
}
