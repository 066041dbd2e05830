package dev.hookbus.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void document_standsOnOneLine() {
    String json =
        new JsonWriter()
            .beginObject()
            .field("text", "a\"b\\c\nd\u0001")
            .field("number", -1)
            .field("yes", true)
            .field("names", List.of("x", "y"))
            .field("raw", JsonValue.parse("{ \"kept\" : 1.0 }"))
            .name("ratio")
            .value(0.5)
            .name("empty")
            .beginArray()
            .endArray()
            .endObject()
            .finish();

    assertThat(json)
        .isEqualTo(
            "{\"text\":\"a\\\"b\\\\c\\nd\\u0001\",\"number\":-1,\"yes\":true,\"names\":[\"x\",\"y\"],"
                + "\"raw\":{ \"kept\" : 1.0 },\"ratio\":0.5,\"empty\":[]}");
  }

  @Test
  void membersWithoutValue_areLeftOut() {
    JsonWriter writer =
        new JsonWriter()
            .beginObject()
            .field("a", (String) null)
            .field("b", (JsonValue) null)
            .field("c", (List<String>) null)
            .endObject();

    assertThat(writer.finish()).isEqualTo("{}");
  }

  @Test
  void indentedDocument_hasALinePerValue() {
    String json =
        JsonWriter.indented()
            .beginObject()
            .field("a", List.of("x", "y"))
            .name("b")
            .beginObject()
            .endObject()
            .endObject()
            .finish();

    assertThat(json)
        .isEqualTo(
            """
            {
              "a": [
                "x",
                "y"
              ],
              "b": {}
            }""");
  }

  @Test
  void misuse_isRefused() {
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().finish());
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().value(1).value(2));
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().name("a"));
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().beginObject().value(1));
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().beginObject().endArray());
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().beginObject().finish());
    assertThatIllegalStateException()
        .isThrownBy(() -> new JsonWriter().beginObject().name("a").endObject());
    assertThatIllegalStateException()
        .isThrownBy(() -> new JsonWriter().beginObject().name("a").name("b"));
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonWriter().value(Double.NaN));
  }

  /** Half surrogate pairs too, which have no UTF-8. */
  @Property(tries = 500, seed = "20261127")
  void anyString_comesBack(@ForAll String text) throws IOException {
    String json = new JsonWriter().value(text).finish();

    assertThat(JsonValue.parse(json.getBytes(StandardCharsets.UTF_8)).asText()).isEqualTo(text);
    assertThat(new ObjectMapper().readValue(json, String.class)).isEqualTo(text);
  }
}
