package dev.hookbus.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookbus.payload.Redactor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Redacts lines of {@code {"id","text"}} to lines of {@code {"id","output"}}. */
final class JsonLinesFilter {

  private final JsonFactory json = new JsonFactory();
  private final Redactor redactor;

  JsonLinesFilter(Redactor redactor) {
    this.redactor = redactor;
  }

  void filter(InputStream input, PrintWriter out) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        out.println(redact(line));
      }
    }
  }

  /** Copies the ID as it is, whatever its type, and replaces the text by the output. */
  private String redact(String line) throws IOException {
    StringWriter result = new StringWriter(line.length());
    try (JsonParser parser = json.createParser(line);
        JsonGenerator generator = json.createGenerator(result)) {
      generator.writeStartObject();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("id")) {
          generator.writeFieldName("id");
          generator.copyCurrentStructure(parser);
        } else if (name.equals("text")) {
          generator.writeStringField("output", redactor.redact(parser.getText()));
        } else {
          parser.skipChildren();
        }
      }
      generator.writeEndObject();
    }
    return result.toString();
  }
}
