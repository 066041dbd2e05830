package dev.hookbus.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading JSON, with Jackson as the judge of what is valid. */
class JsonValueTest {

  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static JsonValue parse(String json) {
    return JsonValue.parse(json);
  }

  @Test
  void object_keepsOrderAndText() {
    JsonValue value = parse(" {\"b\": 1.50, \"a\" : [true,null] , \"\\u0062\":\"x\\ny\"} ");

    assertThat(value.members())
        .extracting(member -> member.name() + "=" + member.value())
        .containsExactly("b=1.50", "a=[true,null]", "b=\"x\\ny\"");
    assertThat(value.text("b")).as("the last of one name counts").isEqualTo("x\ny");
    assertThat(value.get("a").items()).extracting(JsonValue::isNull).containsExactly(false, true);
    assertThat(value.get("c")).isNull();
    assertThat(value).hasToString("{\"b\": 1.50, \"a\" : [true,null] , \"\\u0062\":\"x\\ny\"}");
  }

  @Test
  void type_isThatOfTheText() {
    assertThat(parse("[{},[],\"\",0,true,false,null]").items())
        .extracting(JsonValue::type)
        .containsExactly(
            JsonType.OBJECT,
            JsonType.ARRAY,
            JsonType.STRING,
            JsonType.NUMBER,
            JsonType.BOOLEAN,
            JsonType.BOOLEAN,
            JsonType.NULL);
  }

  @Test
  void otherTypes_haveNeitherMembersNorItemsNorText() {
    for (JsonValue value : parse("[1,true,null,\"{\"]").items()) {
      assertThat(value.members()).isEmpty();
      assertThat(value.items()).isEmpty();
      assertThat(value.get("a")).isNull();
    }
    assertThat(parse("{\"a\":1}").text("a")).isNull();
    assertThat(parse("\"1\"").asLong()).isNull();
    assertThat(parse("\"true\"").asBoolean()).isNull();
    assertThat(parse("1").asText()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "-12, -12",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775808,",
    "-9223372036854775809,",
    "123456789012345678901234567890,",
    "1e3, 1000",
    "2.0, 2",
    "2.5,",
    "1e300,"
  })
  void asLong_isExactOrNothing(String text, Long expected) {
    assertThat(parse(text).asLong()).isEqualTo(expected);
    assertThat(parse(text).numberText()).isEqualTo(text);
  }

  @Test
  void asDouble_isFiniteOrNothing() {
    assertThat(parse("9741.911").asDouble()).isEqualTo(9741.911);
    assertThat(parse("1e999").asDouble()).isNull();
    assertThat(parse("1e999").numberText()).isEqualTo("1e999");
  }

  @Test
  void escapes_areResolved() {
    assertThat(parse("\"\\u0041\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude80\\\\u0041\"").asText())
        .isEqualTo("A\"\\/\b\f\n\r\t\ud83d\ude80\\u0041");
    assertThat(parse("\"\u00e9 \u65e5\u672c \ud83d\ude80\"").asText())
        .isEqualTo("\u00e9 \u65e5\u672c \ud83d\ude80");
    assertThat(parse("\"\\ud800\"").asText()).isEqualTo("\ud800");
  }

  @Test
  void byteOrderMark_isPassedOver() {
    JsonValue value = parse("\ufeff{\"a\":1}");

    assertThat(value.get("a").asLong()).isEqualTo(1);
    assertThat(value.start()).isEqualTo(3);
  }

  @Test
  void positions_leadToTheBytes() {
    String json = "{ \"\u00e9\" : {\"hooks\":[ 1 ]} }";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    JsonMember member = JsonValue.parse(bytes).members().get(0);
    JsonValue hooks = member.value().get("hooks");

    assertThat(slice(bytes, member.start(), member.value().end()))
        .isEqualTo("\"\u00e9\" : {\"hooks\":[ 1 ]}");
    assertThat(slice(bytes, hooks.start(), hooks.end())).isEqualTo("[ 1 ]");
  }

  private static String slice(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  @Test
  void with_changesOneValueAndNoOtherByte() {
    JsonValue input = parse("{ \"command\": \"ls\",\n \"timeout\": 1.0 }");

    assertThat(input.with("command", "ls -l \"x\""))
        .hasToString("{ \"command\": \"ls -l \\\"x\\\"\",\n \"timeout\": 1.0 }");
    assertThat(input.with("background", parse("true")))
        .hasToString("{ \"command\": \"ls\",\n \"timeout\": 1.0,\"background\":true }");
    assertThat(parse("{}").with("a", "b")).hasToString("{\"a\":\"b\"}");
    assertThatIllegalStateException().isThrownBy(() -> parse("[]").with("a", "b"));
  }

  @Test
  void equality_isThatOfTheText() {
    assertThat(parse("[1, 1, 1.0]").items().get(0))
        .isEqualTo(parse("1"))
        .hasSameHashCodeAs(parse("1"))
        .isNotEqualTo(parse("1.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "{]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":}",
        "{1:2}",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "tru",
        "truex",
        "nul",
        "True",
        "\"",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"\u0000\"",
        "{} {}",
        "{}x",
        "[1]//c",
        "/*c*/1",
        "\u0000",
        "\u00a01",
        "\ufeff"
      })
  void whatIsNotJson_isRefusedWithItsPlace(String json) {
    JsonException refusal = catchThrowableOfType(JsonException.class, () -> parse(json));

    assertThat(refusal).hasMessageContaining("expected at byte " + refusal.offset());
    assertThat(refusal.offset()).isBetween(0, json.getBytes(StandardCharsets.UTF_8).length);
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> JACKSON.readTree(refuseNothing(json)));
  }

  /** Jackson takes nothing at all for a missing value. */
  private static String refuseNothing(String json) {
    return json.isBlank() || json.equals("\ufeff") ? "[" : json;
  }

  @Test
  void whatIsNotUtf8_isRefused() {
    List<int[]> broken =
        List.of(
            new int[] {0x80},
            new int[] {0xC3},
            new int[] {0xC0, 0xAF},
            new int[] {0xC1, 0xBF},
            new int[] {0xE0, 0x80, 0xAF},
            new int[] {0xED, 0xA0, 0x80},
            new int[] {0xF0, 0x80, 0x80, 0x80},
            new int[] {0xF4, 0x90, 0x80, 0x80},
            new int[] {0xF5, 0x80, 0x80, 0x80},
            new int[] {0xFF});
    for (int[] sequence : broken) {
      byte[] json = new byte[sequence.length + 2];
      json[0] = '"';
      json[json.length - 1] = '"';
      for (int i = 0; i < sequence.length; i++) {
        json[i + 1] = (byte) sequence[i];
      }
      assertThatExceptionOfType(JsonException.class)
          .isThrownBy(() -> JsonValue.parse(json))
          .withMessage("UTF-8 expected at byte 1");
    }
  }

  @Test
  void everyCharacter_isRead() {
    StringBuilder all = new StringBuilder("\"");
    for (int point = ' '; point <= Character.MAX_CODE_POINT; point++) {
      if (point != '"' && point != '\\' && (point < 0xD800 || point > 0xDFFF)) {
        all.appendCodePoint(point);
      }
    }
    assertThat(parse(all.append('"').toString()).asText().length()).isEqualTo(all.length() - 2);
  }

  @Test
  void limits_hold() {
    String deep = "[".repeat(500) + "]".repeat(500);

    assertThat(parse(deep).items()).hasSize(1);
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> parse("[" + deep + "]"))
        .withMessageStartingWith("at most 500 levels of nesting");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> parse("{\"a\":".repeat(1_000_000)));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonValue.parse(new byte[JsonValue.MAX_BYTES + 1]))
        .withMessage("the document has more than 67108864 bytes");
  }

  /** Documents and what is left of them when bytes are cut out, put in or exchanged. */
  @Property(tries = 2_000, seed = "20261127")
  void anyText_isReadAsJacksonReadsIt(@ForAll("texts") String text) throws IOException {
    JsonNode expected;
    try {
      expected = JACKSON.readTree(text);
    } catch (JacksonException e) {
      assertThatExceptionOfType(JsonException.class).as(text).isThrownBy(() -> parse(text));
      return;
    }
    assertThat(JACKSON.readTree(rebuilt(parse(text)))).as(text).isEqualTo(expected);
  }

  /** Takes a document apart and writes it anew. */
  private static String rebuilt(JsonValue value) {
    JsonWriter writer = new JsonWriter();
    write(writer, value);
    return writer.finish();
  }

  private static void write(JsonWriter writer, JsonValue value) {
    switch (value.type()) {
      case OBJECT -> {
        writer.beginObject();
        for (JsonMember member : value.members()) {
          writer.name(member.name());
          write(writer, member.value());
        }
        writer.endObject();
      }
      case ARRAY -> {
        writer.beginArray();
        value.items().forEach(item -> write(writer, item));
        writer.endArray();
      }
      case STRING -> writer.value(value.asText());
      case BOOLEAN -> writer.value(value.asBoolean());
      case NUMBER, NULL -> writer.value(value);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> noise =
        Arbitraries.strings().withChars("{}[]\",:\\untrue0123456789.eE+- \n\u00e9").ofMaxLength(3);
    return Combinators.combine(
            documents(), noise, Arbitraries.integers().between(0, 99), Arbitraries.of(0, 0, 1, 2))
        .as(
            (document, put, place, cut) -> {
              int from = document.length() * place / 100;
              int to = Math.min(document.length(), from + cut);
              return place < 30
                  ? document
                  : document.substring(0, from) + put + document.substring(to);
            })
        .filter(text -> !text.isBlank());
  }

  private static Arbitrary<String> documents() {
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            Arbitraries.of("null", "true", "false", "-0", "0.10", "1e2", "-12.5E-3", "\"\\u00e9\""),
            Arbitraries.strings()
                .withChars("ab\u00e9\u65e5")
                .ofMaxLength(4)
                .map(text -> '"' + text + '"'));
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(items -> "[" + String.join(" , ", items) + "]"),
                inner
                    .list()
                    .ofMaxSize(3)
                    .map(
                        items -> {
                          StringBuilder object = new StringBuilder("{");
                          for (int i = 0; i < items.size(); i++) {
                            object.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":");
                            object.append(items.get(i));
                          }
                          return object.append('}').toString();
                        })),
        0,
        3);
  }
}
