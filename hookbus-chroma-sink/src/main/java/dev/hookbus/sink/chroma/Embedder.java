package dev.hookbus.sink.chroma;

import java.util.List;

/**
 * Turns texts into vectors. The server never does: what it stores and what it is asked must come
 * from the same embedder, so a collection keeps the {@linkplain #id() ID} of the one it was made
 * with, and another is refused. Must be thread-safe.
 *
 * <p>Models of other libraries need no adapter class:
 *
 * <pre>{@code
 * // Spring AI
 * Embedder spring = Embedder.of("ollama/nomic-embed-text", model.dimensions(), model::embed);
 * // LangChain4j
 * Embedder langChain =
 *     Embedder.ofEach(
 *         "openai/text-embedding-3-small", 1536, text -> model.embed(text).content().vector());
 * }</pre>
 */
public interface Embedder extends AutoCloseable {

  /** The most dimensions a vector may have: what Chroma Cloud takes. */
  int MAX_DIMENSIONS = 4096;

  /**
   * Names the model and whatever else changes its vectors, such as {@code hookbus-hash-v1/256}; 1
   * to 256 characters.
   */
  String id();

  /** How many numbers a vector has, from 1 to {@link #MAX_DIMENSIONS}. */
  int dimensions();

  /**
   * One vector for each text, in their order, each of {@link #dimensions()} finite numbers. An
   * exception means that the events wait and are tried again; no other embedder takes its place.
   *
   * @param texts not empty; a text may be
   */
  List<float[]> embed(List<String> texts) throws Exception;

  /** Lets go of what it holds. May be called twice. */
  @Override
  default void close() {}

  /**
   * The default: feature hashing of words and character trigrams into 256 dimensions, with
   * camelCase and paths split. Deterministic, without download and without state. It finds words
   * and their relatives in spelling, not meanings.
   */
  static Embedder hashing() {
    return FeatureHashingEmbedder.STANDARD;
  }

  /** No vectors, only a constant the server insists on: search finds nothing. */
  static Embedder none() {
    return NoEmbedder.INSTANCE;
  }

  /**
   * An embedder made of a function on many texts.
   *
   * @throws IllegalArgumentException where the ID or the dimensions are out of range
   */
  static Embedder of(String id, int dimensions, Batch function) {
    return new FunctionEmbedder(id, dimensions, function);
  }

  /**
   * An embedder made of a function on one text.
   *
   * @throws IllegalArgumentException where the ID or the dimensions are out of range
   */
  static Embedder ofEach(String id, int dimensions, Each function) {
    return new FunctionEmbedder(id, dimensions, function);
  }

  /** Embeds many texts. */
  @FunctionalInterface
  interface Batch {
    /** One vector for each text, as {@link Embedder#embed} asks. */
    List<float[]> embed(List<String> texts) throws Exception;
  }

  /** Embeds one text. */
  @FunctionalInterface
  interface Each {
    /** The text's vector. */
    float[] embed(String text) throws Exception;
  }
}
