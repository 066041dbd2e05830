package dev.hookbus.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoundingTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PayloadPipeline pipeline = PayloadPipeline.builder().maxBytes(1_000).build();

  @Test
  void smallValuesBehindAHugeString_survive() throws IOException {
    String text =
        "{\"stdout\":\""
            + "line of output\\n".repeat(1_000)
            + "\",\"session_id\":\"s-1\",\"exit_code\":7}";

    JsonNode bounded = JSON.readTree(pipeline.process(text).text());

    assertThat(bounded.get("session_id").asText()).isEqualTo("s-1");
    assertThat(bounded.get("exit_code").asInt()).isEqualTo(7);
    assertThat(bounded.get("stdout").asText())
        .startsWith("line of output\n")
        .contains(" bytes cut]…");
  }

  @Test
  void longStrings_shareTheRoom() throws IOException {
    String text =
        "{\"a\":\"" + "x".repeat(5_000) + "\",\"b\":\"" + "y".repeat(900) + "\",\"c\":\"short\"}";

    JsonNode bounded = JSON.readTree(pipeline.process(text).text());

    assertThat(bounded.get("a").asText().length()).isBetween(380, 500);
    assertThat(bounded.get("b").asText().length()).isBetween(380, 500);
    assertThat(bounded.get("c").asText()).isEqualTo("short");
  }

  @Test
  void longArray_keepsItsEnds() throws IOException {
    ArrayNode array = JSON.createArrayNode();
    for (int i = 0; i < 5_000; i++) {
      array.add(i);
    }

    JsonNode bounded = JSON.readTree(pipeline.process(array.toString()).text());

    assertThat(bounded.get(0).asInt()).isZero();
    assertThat(bounded.get(bounded.size() - 1).asInt()).isEqualTo(4_999);
    assertThat(bounded.toString()).contains(" bytes cut]…");
    assertThat(bounded.size()).isGreaterThan(100);
  }

  @Test
  void plainText_keepsHeadAndTailAtLineEnds() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append("line ").append(i).append('\n');
    }

    String bounded = pipeline.process(text.toString()).text();

    assertThat(bounded).startsWith("line 0\n").endsWith("line 499\n");
    assertThat(bounded).containsPattern("line \\d+\n…\\[\\d+ bytes cut]…line \\d+\n");
  }

  @Test
  void aToken_isNotCut() {
    for (int shift = 0; shift < 60; shift++) {
      String text = "x".repeat(690 + shift) + " ann@example.com " + "y".repeat(1_000);

      String bounded = pipeline.process(text).text();

      assertThat(bounded.replace("[EMAIL_REDACTED]", ""))
          .doesNotContain("EMAIL")
          .doesNotContain("REDACT");
    }
  }

  @Test
  void escapesAndPairs_areNotCut() throws IOException {
    for (int shift = 0; shift < 40; shift++) {
      String text = "{\"a\":\"" + "x".repeat(shift) + "\\ud83d\\ude00\\n\\\\é".repeat(400) + "\"}";

      JsonNode bounded = JSON.readTree(pipeline.process(text).text());

      assertThat(bounded.get("a").asText().replace("\uD83D\uDE00", ""))
          .doesNotContain("\uD83D")
          .doesNotContain("\uDE00");
    }
  }

  @Property(tries = 300, seed = "20261121")
  void bounded_fitsAndStaysJsonInOrder(
      @ForAll Random random, @ForAll @IntRange(min = 64, max = 5_000) int maxBytes)
      throws IOException {
    ObjectNode document = JSON.createObjectNode();
    for (int i = 0; i < 12; i++) {
      document.set("k" + i, node(random, 0));
    }
    byte[] utf8 = document.toString().getBytes(StandardCharsets.UTF_8);
    PayloadPipeline bounding =
        PayloadPipeline.builder()
            .maxBytes(maxBytes)
            .redactor(Redactor.of(RedactionMode.DISABLED))
            .build();

    BoundedPayload bounded = bounding.process(utf8);

    assertThat(bounded.bytes()).hasSizeLessThanOrEqualTo(maxBytes);
    assertThat(bounded.truncated()).isEqualTo(utf8.length > maxBytes);
    List<String> names = names(JSON.readTree(bounded.text()));
    assertThat(names(document)).containsAll(names);
    assertThat(names).isSortedAccordingTo((a, b) -> index(a) - index(b));
    assertThat(bounding.process(new ByteArrayInputStream(utf8))).isEqualTo(bounded);
  }

  private static int index(String name) {
    return Integer.parseInt(name.substring(1));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("…")) {
                names.add(name);
              }
            });
    return names;
  }

  private static JsonNode node(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 3 : 5)) {
      case 0 -> JSON.getNodeFactory().numberNode(random.nextInt());
      case 3 -> {
        ArrayNode array = JSON.createArrayNode();
        for (int i = random.nextInt(30); i > 0; i--) {
          array.add(node(random, depth + 1));
        }
        yield array;
      }
      case 4 -> {
        ObjectNode object = JSON.createObjectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
          object.set("n" + i, node(random, depth + 1));
        }
        yield object;
      }
      default -> JSON.getNodeFactory().textNode("é\n\"\uD83D\uDE00x".repeat(random.nextInt(200)));
    };
  }
}
