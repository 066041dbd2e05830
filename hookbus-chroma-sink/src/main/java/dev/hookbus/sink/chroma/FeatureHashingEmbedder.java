package dev.hookbus.sink.chroma;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Adds up signed hashes of a text's words and of the words' trigrams: texts that share them have
 * vectors that point the same way.
 */
final class FeatureHashingEmbedder implements Embedder {
  static final FeatureHashingEmbedder STANDARD = new FeatureHashingEmbedder();

  private static final int DIMENSIONS = 256;
  private static final float WORD_WEIGHT = 1;
  private static final float TRIGRAM_WEIGHT = 0.4f;

  /** Paths, snake_case and punctuation. */
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Between a and B of aB, and between the Bs of BBa, as in parse|HTML|Page. */
  private static final Pattern INSIDE_CAMEL_CASE =
      Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final long MIX_1 = 0xFF51AFD7ED558CCDL;
  private static final long MIX_2 = 0xC4CEB9FE1A85EC53L;

  private FeatureHashingEmbedder() {}

  @Override
  public String id() {
    return "hookbus-hash-v1/" + DIMENSIONS;
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return texts.stream().map(FeatureHashingEmbedder::vector).toList();
  }

  private static float[] vector(String text) {
    float[] vector = new float[DIMENSIONS];
    for (String piece : BETWEEN_WORDS.split(text, -1)) {
      String[] parts = INSIDE_CAMEL_CASE.split(piece, -1);
      for (String part : parts) {
        addWord(vector, part);
      }
      if (parts.length > 1) {
        add(vector, piece.toLowerCase(Locale.ROOT), WORD_WEIGHT);
      }
    }
    return normalised(vector);
  }

  private static void addWord(float[] vector, String part) {
    String word = part.toLowerCase(Locale.ROOT);
    if (word.isEmpty()) {
      return;
    }
    add(vector, word, WORD_WEIGHT);
    String framed = "^" + word + "$";
    for (int i = 0; i + 3 <= framed.length(); i++) {
      add(vector, framed.substring(i, i + 3), TRIGRAM_WEIGHT);
    }
  }

  private static void add(float[] vector, String feature, float weight) {
    long hash = hash(feature);
    vector[(int) Long.remainderUnsigned(hash, DIMENSIONS)] += hash < 0 ? -weight : weight;
  }

  /** FNV-1a, whose low bits are poor, through the mixer of MurmurHash3. */
  private static long hash(String feature) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < feature.length(); i++) {
      hash = (hash ^ feature.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * MIX_1;
    hash = (hash ^ (hash >>> 33)) * MIX_2;
    return hash ^ (hash >>> 33);
  }

  private static float[] normalised(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    if (squares > 0) {
      float length = (float) Math.sqrt(squares);
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= length;
      }
    }
    return vector;
  }
}
