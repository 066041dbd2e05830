package dev.hookbus.sink.chroma;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** Somebody else's model. */
final class FunctionEmbedder implements Embedder {
  private static final int MAX_ID = 256;

  private final String id;
  private final int dimensions;
  private final Batch function;

  FunctionEmbedder(String id, int dimensions, Batch function) {
    if (id.isBlank() || id.length() > MAX_ID) {
      throw new IllegalArgumentException("the ID must have 1 to " + MAX_ID + " characters");
    }
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw new IllegalArgumentException("dimensions must be from 1 to " + MAX_DIMENSIONS);
    }
    this.id = id;
    this.dimensions = dimensions;
    this.function = requireNonNull(function, "function");
  }

  FunctionEmbedder(String id, int dimensions, Each function) {
    this(id, dimensions, inTurn(requireNonNull(function, "function")));
  }

  private static Batch inTurn(Each function) {
    return texts -> {
      List<float[]> vectors = new ArrayList<>(texts.size());
      for (String text : texts) {
        vectors.add(function.embed(text));
      }
      return vectors;
    };
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public List<float[]> embed(List<String> texts) throws Exception {
    return function.embed(texts);
  }
}
