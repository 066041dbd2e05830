package dev.hookbus.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Output for machines. */
final class Json {

  /** Writes one value. */
  @FunctionalInterface
  interface Value {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private static final double CENT = 100;

  private Json() {}

  /** Prints a value on one line. */
  static void printLine(PrintWriter out, Value value) {
    print(out, value, false);
  }

  /** Prints a value on as many lines as it is pleasant to read. */
  static void printPretty(PrintWriter out, Value value) {
    print(out, value, true);
  }

  /** Rounds to two decimals. */
  static double rounded(double value) {
    return Math.round(value * CENT) / CENT;
  }

  private static void print(PrintWriter out, Value value, boolean pretty) {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      if (pretty) {
        json.useDefaultPrettyPrinter();
      }
      value.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
  }
}
