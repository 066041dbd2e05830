package dev.hookbus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookbus.idempotency.PythonFloat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventHashTest {

  static Stream<JsonNode> hashVectors() {
    return Vectors.of("chs_hash").stream();
  }

  @ParameterizedTest
  @MethodSource("hashVectors")
  void envelope_of_the_original_has_the_originals_canonical_text_and_hash(JsonNode vector) {
    String envelope = vector.get("event").toString();

    assertThat(PythonJson.write(EventJson.readFields(envelope)))
        .isEqualTo(vector.get("canonical").asText());
    assertThat(EventHash.ofJson(envelope)).isEqualTo(vector.get("hash").asText());
  }

  static Stream<JsonNode> envelopes() {
    return Vectors.envelopes().stream();
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void valid_envelope_hashes_to_the_hash_it_carries(JsonNode envelope) {
    assertThat(EventHash.ofJson(envelope.toString())).isEqualTo(envelope.get("hash").asText());
  }

  @Test
  void float_reads_as_python_writes_it() {
    for (String line : Vectors.text("python-floats.txt").lines().toList()) {
      String[] bitsAndText = line.split(" ", 2);
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(bitsAndText[0], 16));

      assertThat(PythonFloat.text(value)).isEqualTo(bitsAndText[1]);
    }
  }

  @Property
  void float_text_reads_back_as_the_same_value(@ForAll double value) {
    assertThat(Double.parseDouble(PythonFloat.text(value))).isEqualTo(value);
  }

  @Test
  void keys_are_ordered_by_code_point_not_by_utf16_unit() {
    String astral = "\uD83D\uDE00";
    String privateUse = "\uE000";

    assertThat(PythonJson.write(JsonValues.copyOf(Map.of(astral, 1, privateUse, 2))))
        .isEqualTo("{\"" + privateUse + "\": 2, \"" + astral + "\": 1}");
  }

  @Property
  void order_of_keys_is_that_of_their_code_points(@ForAll String a, @ForAll String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();

    assertThat(Integer.signum(Texts.compareByCodePoint(a, b)))
        .isEqualTo(Integer.signum(java.util.Arrays.compare(x, y)));
  }

  @Test
  void text_that_is_not_one_object_is_refused_without_being_quoted() {
    for (String text : List.of("", "[]", "{\"a\": hunter2}", "{} {}", "\"hunter2\"")) {
      assertThatThrownBy(() -> EventHash.ofJson(text))
          .isInstanceOf(EventFormatException.class)
          .hasMessageNotContaining("hunter2");
    }
  }
}
