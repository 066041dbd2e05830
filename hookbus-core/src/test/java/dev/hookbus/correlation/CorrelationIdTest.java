package dev.hookbus.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookbus.Vectors;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorrelationIdTest {

  static Stream<JsonNode> originals() throws IOException {
    return Vectors.of("hookbus_correlation");
  }

  @ParameterizedTest
  @MethodSource("originals")
  void of_equalsThePythonHookBus(JsonNode vector) {
    CorrelationId id =
        CorrelationId.of(
            vector.get("session_id").asText(),
            vector.get("tool_name").asText(),
            vector.get("index").asLong());

    assertThat(id.value()).isEqualTo(vector.get("id").asText());
  }

  @Test
  void nullSessionAndTool_countAsUnknown() {
    assertThat(CorrelationId.of(null, null, 0)).isEqualTo(CorrelationId.of("unknown", "", 0));
  }

  @Test
  void random_differsEveryTime() {
    assertThat(CorrelationId.random()).isNotEqualTo(CorrelationId.random());
  }

  @Test
  void textOfAnotherForm_isRefused() {
    assertThatThrownBy(() -> new CorrelationId("XYZ"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 lower-case hex");
  }
}
