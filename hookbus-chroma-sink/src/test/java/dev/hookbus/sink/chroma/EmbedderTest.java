package dev.hookbus.sink.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EmbedderTest {
  private static double similarity(String a, String b) throws Exception {
    List<float[]> vectors = Embedder.hashing().embed(List.of(a, b));
    double dot = 0;
    for (int i = 0; i < vectors.get(0).length; i++) {
      dot += vectors.get(0)[i] * vectors.get(1)[i];
    }
    return dot;
  }

  @Property(tries = 300)
  void anyText_hasAVectorOfLengthOneOrZero(@ForAll String text) throws Exception {
    float[] vector = Embedder.hashing().embed(List.of(text)).get(0);

    double squares = 0;
    for (float value : vector) {
      squares += value * value;
    }
    assertThat(vector).hasSize(256);
    assertThat(squares < 1e-9 || Math.abs(squares - 1) < 1e-3).isTrue();
    assertThat(Embedder.hashing().embed(List.of(text)).get(0)).isEqualTo(vector);
  }

  @Test
  void sameVectors_comeOutOfEveryVersion() throws Exception {
    float[] vector = Embedder.hashing().embed(List.of("HookBus")).get(0);

    // Stored collections depend on these numbers: a change needs a new ID.
    assertThat(Embedder.hashing().id()).isEqualTo("hookbus-hash-v1/256");
    assertThat(Arrays.hashCode(vector)).isEqualTo(GOLDEN);
  }

  private static final int GOLDEN = 1_976_414_480;

  @Test
  void caseIdentifiersAndPaths_areSplitIntoWords() throws Exception {
    assertThat(similarity("parseHTMLPage", "parse html page")).isGreaterThan(0.6);
    assertThat(similarity("src/main/UserService.java", "user service")).isGreaterThan(0.5);
    assertThat(similarity("snake_case_name", "Snake case NAME")).isGreaterThan(0.99);
  }

  @Test
  void relatedSpellings_areNearerThanUnrelatedWords() throws Exception {
    assertThat(similarity("permission denied", "permissions deny"))
        .isGreaterThan(similarity("permission denied", "database migration") + 0.3);
  }

  @Test
  void none_isOneConstant() throws Exception {
    assertThat(Embedder.none().embed(List.of("a", "b")))
        .containsExactly(new float[] {1}, new float[] {1});
  }

  @Test
  void functions_becomeEmbedders() throws Exception {
    Embedder each = Embedder.ofEach("each", 1, text -> new float[] {text.length()});
    Embedder batch = Embedder.of("batch", 1, texts -> List.of(new float[] {texts.size()}));

    assertThat(each.embed(List.of("abc", "d"))).containsExactly(new float[] {3}, new float[] {1});
    assertThat(batch.embed(List.of("abc"))).containsExactly(new float[] {1});
  }

  @Test
  void uselessIdsAndDimensions_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Embedder.of(" ", 1, texts -> List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Embedder.of("x", 0, texts -> List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedder.of("x", 4097, texts -> List.of()));
  }
}
