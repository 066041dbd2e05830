package dev.hookbus.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RedactionPropertiesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> FRAGMENTS =
      List.of(
          "password",
          "token",
          "api_key",
          "\"",
          "\\\"",
          "\\\\\\\"",
          "'",
          ":",
          "=",
          " ",
          "\n",
          "\\n",
          ",",
          "{",
          "}",
          "[",
          "]",
          "ghp_",
          "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7b",
          "AKIA",
          "IOSFODNN7EXAMPLE",
          "@",
          "example.com",
          "ann",
          "://",
          "user:pw",
          "4111111111111111",
          "555-123-4567",
          "123-45-6789",
          "/home/",
          "C:\\Users\\",
          "10.1.2.3",
          "2001:db8::1",
          "eyJ",
          "eyJhbGciOiJIUzI1NiJ9",
          ".",
          "Bearer ",
          "Basic ",
          "Authorization",
          "Cookie",
          "-----BEGIN PRIVATE KEY-----",
          "-----END PRIVATE KEY-----",
          "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
          "[API_KEY_REDACTED]",
          "[IP]",
          "\u001b[31m",
          "\\u001b[0m",
          "%40",
          "%3D",
          "é",
          "日",
          "\uD83D\uDE00",
          "-",
          "_",
          "$VAR",
          "1",
          "hunter2",
          "(",
          ")",
          "<",
          ">",
          "--password ",
          "+1 555 123 4567",
          ";",
          "&",
          "?",
          "\\");

  private static final List<String> COMMANDS =
      List.of(
          "curl ",
          " -u ",
          " -u ann:",
          " -u ::",
          "pw;h",
          "|",
          "pw|x",
          " ",
          "\n",
          "mysql ",
          "--user ",
          "--user=",
          "x7Qk9h",
          "ann@example.com",
          "10.1.2.3",
          " -p ",
          "sshpass ",
          "redis-cli ",
          " -a ",
          "ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6",
          "\"",
          "'",
          "password=",
          " -psecret9",
          "a".repeat(48),
          ":",
          "http://u:p@h/");

  @Provide
  Arbitrary<String> commands() {
    return Arbitraries.of(COMMANDS).list().ofMaxSize(40).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> mixtures() {
    return Arbitraries.of(FRAGMENTS).list().ofMaxSize(40).map(parts -> String.join("", parts));
  }

  @Property(tries = 5_000, seed = "20261121")
  void redactingTwice_changesNothing(@ForAll("mixtures") String text) {
    String once = Redactor.standard().redact(text);

    assertThat(Redactor.standard().redact(once)).isEqualTo(once);
  }

  @Property(tries = 5_000, seed = "20261121")
  void redactingCommandsTwice_changesNothing(@ForAll("commands") String text) {
    String once = Redactor.standard().redact(text);

    assertThat(Redactor.standard().redact(once)).isEqualTo(once);
  }

  @Property(tries = 60, seed = "20261121")
  void commandsInAStream_areRedactedAsInOne(@ForAll Random random) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < 150_000) {
      text.append(COMMANDS.get(random.nextInt(COMMANDS.size())));
    }

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RedactingStream stream = Redactor.standard().redactTo(out)) {
      stream.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(Redactor.standard().redact(text.toString()));
  }

  @Property(tries = 2_000, seed = "20261121")
  void lenientRedactingTwice_changesNothing(@ForAll("mixtures") String text) {
    Redactor lenient = Redactor.of(RedactionMode.LENIENT);
    String once = lenient.redact(text);

    assertThat(lenient.redact(once)).isEqualTo(once);
  }

  @Property(tries = 2_000, seed = "20261121")
  void json_staysJson(@ForAll Random random) throws IOException {
    JsonNode document = JSON.createArrayNode().add(document(random, 0));
    String text = random.nextBoolean() ? document.toString() : document.toPrettyString();

    String redacted = Redactor.standard().redact(text);

    assertThatCode(() -> shape(redacted)).as("%s => %s", text, redacted).doesNotThrowAnyException();
    assertThat(shape(redacted)).as(text).isEqualTo(shape(text));
  }

  @Property(tries = 60, seed = "20261121")
  void output_doesNotDependOnChunks(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 9_000) int chunk) throws IOException {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "{\"a\":\"" : "");
    int length = 60_000 + random.nextInt(140_000);
    while (text.length() < length) {
      text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
      if (random.nextInt(200) == 0) {
        text.append("aB3/".repeat(random.nextInt(4_000)));
      }
    }
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RedactingStream stream = Redactor.standard().redactTo(out)) {
      for (int from = 0; from < utf8.length; from += chunk) {
        stream.write(utf8, from, Math.min(chunk, utf8.length - from));
      }
    }

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(new String(Redactor.standard().redact(utf8), StandardCharsets.UTF_8));
  }

  private static JsonNode document(Random random, int depth) {
    int kind = random.nextInt(depth > 3 ? 4 : 6);
    return switch (kind) {
      case 0 ->
          JSON.getNodeFactory()
              .numberNode(random.nextBoolean() ? 4111111111111111L : random.nextLong());
      case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 2, 3 -> JSON.getNodeFactory().textNode(mixture(random, random.nextInt(12)));
      case 4 -> {
        ArrayNode array = JSON.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(document(random, depth + 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.createObjectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
          object.set(mixture(random, 1 + random.nextInt(2)), document(random, depth + 1));
        }
        yield object;
      }
    };
  }

  private static String mixture(Random random, int parts) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      out.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
    }
    return out.toString();
  }

  /** How values contain each other: a scalar may have become a string, nothing else may change. */
  private static String shape(String text) throws IOException {
    StringBuilder out = new StringBuilder();
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        out.append(
            token.isScalarValue() ? "." : token == JsonToken.FIELD_NAME ? "" : token.asString());
      }
    }
    return out.toString();
  }
}
