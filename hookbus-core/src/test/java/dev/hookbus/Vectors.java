package dev.hookbus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the Python HookBus answers, recorded. */
public final class Vectors {

  private Vectors() {}

  /** All vectors of one kind. */
  public static Stream<JsonNode> of(String kind) throws IOException {
    try (InputStream json = Vectors.class.getResourceAsStream("vectors.json")) {
      JsonNode vectors = new ObjectMapper().readTree(json).get(kind);
      return StreamSupport.stream(vectors.spliterator(), false);
    }
  }
}
