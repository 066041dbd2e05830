package dev.hookbus.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadPipelineTest {

  private final PayloadPipeline pipeline = PayloadPipeline.builder().build();

  @Test
  void textThatFits_isUnchanged() {
    BoundedPayload payload = pipeline.process("grüße");

    assertThat(payload.text()).isEqualTo("grüße");
    assertThat(payload.originalBytes()).isEqualTo(7);
    assertThat(payload.truncated()).isFalse();
    assertThat(payload.sha256()).hasSize(32);
  }

  @Test
  void personalData_isRedactedAndCounted() {
    BoundedPayload payload = pipeline.process("mail ann@example.com now");

    assertThat(payload.text()).isEqualTo("mail [EMAIL_REDACTED] now");
    assertThat(payload.redactions()).isEqualTo(Map.of("email", 1));
  }

  @Test
  void everyKindOfInput_givesTheSamePayload() throws IOException {
    String text = "größe \uD83D\uDE00 ann@example.com".repeat(3_000);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    PayloadPipeline small = PayloadPipeline.builder().maxBytes(1_000).compress(true).build();

    BoundedPayload expected = small.process(text);

    assertThat(small.process(utf8)).isEqualTo(expected);
    assertThat(small.process(new ByteArrayInputStream(utf8))).isEqualTo(expected);
    assertThat(small.process(new StringReader(text))).isEqualTo(expected);
    assertThat(small.processValue(CharBuffer.wrap(text))).isEqualTo(expected);
    assertThat(small.processValue(utf8)).isEqualTo(expected);
    assertThat(expected.compressed()).isTrue();
    assertThat(expected.text()).hasSizeLessThanOrEqualTo(1_000);
  }

  @Test
  void anObject_becomesJson() {
    assertThat(pipeline.processValue(Map.of("n", 1)).text()).isEqualTo("{\"n\":1}");
    assertThat(pipeline.processValue(null).text()).isEqualTo("null");
  }

  @Test
  void anObjectThatIsNotJson_isDropped() {
    Object[] cycle = new Object[1];
    cycle[0] = cycle;

    assertThat(pipeline.processValue(cycle).dropped()).isTrue();
  }

  @Test
  void aStreamThatCannotBeRead_isTheCallersError() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();

    assertThatThrownBy(() -> pipeline.process(broken)).isInstanceOf(IOException.class);
  }

  @Test
  void loneSurrogates_becomeReplacementCharacters() throws IOException {
    assertThat(pipeline.process("a\uD800b").text()).isEqualTo("a\uFFFDb");
    assertThat(pipeline.process(new StringReader("a\uD800b")).text()).isEqualTo("a\uFFFDb");
    assertThat(pipeline.process(new StringReader("a\uD800")).text()).isEqualTo("a\uFFFD");
  }

  @Test
  void diagnosticText_isRedactedAndCut() {
    String cut = pipeline.text("ann@example.com " + "é".repeat(500), 100);

    assertThat(cut).startsWith("[EMAIL_REDACTED] é").endsWith(" bytes cut]…");
    assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(100);
    assertThat(pipeline.text("fine", 100)).isSameAs("fine");
  }
}
