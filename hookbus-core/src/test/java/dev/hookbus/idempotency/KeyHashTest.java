package dev.hookbus.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyHashTest {

  static Stream<JsonNode> originals() throws IOException {
    return Vectors.of("hookbus_dedupe");
  }

  @ParameterizedTest
  @MethodSource("originals")
  void compatible_equalsThePythonHookBus(JsonNode vector) {
    List<Object> parts = new ArrayList<>();
    for (JsonNode part : vector.get("identifiers")) {
      parts.add(part.isNull() ? null : new ObjectMapper().convertValue(part, Object.class));
    }

    KeyHash hash = KeyHash.compatible(vector.get("category").asText(), parts.toArray());

    assertThat(hash.toHex()).isEqualTo(vector.get("key").asText());
  }

  @Property
  void unambiguous_tellsDifferentPartsApart(
      @ForAll @Size(max = 4) List<String> some, @ForAll @Size(max = 4) List<String> others) {
    Assume.that(!some.equals(others));

    assertThat(KeyHash.unambiguous("c", some.toArray()))
        .isNotEqualTo(KeyHash.unambiguous("c", others.toArray()));
  }

  @Test
  void unambiguous_tellsWhatColonsAndNullsWouldMix() {
    assertThat(
            Stream.of(
                    KeyHash.unambiguous("a", "b:c"),
                    KeyHash.unambiguous("a", "b", "c"),
                    KeyHash.unambiguous("a:b", "c"),
                    KeyHash.unambiguous("a", (Object) null),
                    KeyHash.unambiguous("a", "null"),
                    KeyHash.unambiguous("a", "-"),
                    KeyHash.unambiguous("a", ""),
                    KeyHash.unambiguous("a"))
                .distinct())
        .hasSize(8);
  }

  @Property
  void hex_isReadBack(@ForAll String part) {
    KeyHash hash = KeyHash.unambiguous("c", part);

    assertThat(KeyHash.parse(hash.toHex())).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    "1.0, 1.0",
    "1e16, 1e+16",
    "1.0E15, 1000000000000000.0",
    "1.25e-5, 1.25e-05",
    "0.0001, 0.0001",
    "-1.0E100, -1e+100",
    "123456789.125, 123456789.125",
    "-0.0, -0.0",
    "NaN, nan",
    "-Infinity, -inf"
  })
  void floats_areWrittenAsPythonDoes(double value, String python) {
    assertThat(PythonText.of(value)).isEqualTo(python);
  }
}
