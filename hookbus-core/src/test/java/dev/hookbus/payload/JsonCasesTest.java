package dev.hookbus.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The corners of JSON's grammar, through redaction and bounding, with Jackson as the judge. */
class JsonCasesTest {

  private static final String SECRET = "gh" + "p_" + "q7Rk2mXv9LbT4wZc8NyH3sJd6FgP1aUe5oKi";

  private final PayloadPipeline pipeline = PayloadPipeline.builder().maxBytes(256).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "-0",
        "1e+2",
        "123.456e-789",
        "\"\"",
        "[]",
        "{}",
        " [ ] ",
        "[[[[[[[[[[]]]]]]]]]]",
        "{\"\":0}",
        "{\"a\":\"b\",\"a\":\"c\"}",
        "[\"\\u0000\\u001f\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
        "[\"\\uD834\\uDD1E\"]",
        "[\"\\uD800\"]",
        "[\"\\uDd1e\\uD834\"]",
        "[\"\u2028\u2029\uFEFF\"]",
        "[\"\u00e9\u65e5\ud83d\ude00\"]",
        "\t[1\n,\r2 ]\n",
        "{\"password\":null,\"token\":true,\"secret\":[1,2],\"key\":{\"a\":1}}",
        "{\"password\":123456789}",
        "{\"pass\\u0077ord\":\"hunter22\"}",
        "[1.0000000000000000000000000000000000000000000000000001]",
        "[-123456789012345678901234567890]"
      })
  void validDocument_staysValidAloneAndInALargeOne(String json) throws IOException {
    String large = "[\"" + "x".repeat(400) + "\",\"" + SECRET + "\"," + json + "]";

    assertValid(pipeline.process(json).text());
    String text = pipeline.process(large).text();
    assertValid(text);
    assertThat(text).doesNotContain(SECRET.substring(4, 12));
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(256);
    assertThat(pipeline.process(new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(pipeline.process(large));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "[1,]",
        "{\"a\":}",
        "{\"a\" \"b\"}",
        "{a:1}",
        "['a']",
        "[\"\\x\"]",
        "[\"\\u12\"]",
        "[\"a\nb\"]",
        "[1 2]",
        "[+1]",
        "[01]",
        "[1.]",
        "[NaN]",
        "[\"unterminated",
        "{\"a\":\"b\"",
        "]",
        "[]]",
        "{\"a\":1}{\"b\":2}",
        "\u0000",
        "\uFEFF{}",
        "/* comment */ {}",
        "[[[[[[[[[[[[[[[["
      })
  void invalidDocument_isTextAndIsRedactedAndBoundedAllTheSame(String text) {
    String large = "x".repeat(400) + " " + SECRET + " " + text;

    assertThatCode(() -> pipeline.process(text)).doesNotThrowAnyException();
    BoundedPayload bounded = pipeline.process(large);
    assertThat(bounded.text()).doesNotContain(SECRET.substring(4, 12));
    assertThat(bounded.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(256);
    assertThat(bounded.truncated()).isTrue();
  }

  private static void assertValid(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()) {
          assertThat(parser.getText()).isNotNull();
        }
      }
    }
  }
}
