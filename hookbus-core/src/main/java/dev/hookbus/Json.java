package dev.hookbus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Objects as JSON. Loaded only by calls whose output is an object. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().findAndAddModules().build();

  private Json() {}

  static String write(Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsString(value);
  }

  static @Nullable Object read(String json, Type type) throws JsonProcessingException {
    return MAPPER.readValue(json, MAPPER.constructType(type));
  }
}
