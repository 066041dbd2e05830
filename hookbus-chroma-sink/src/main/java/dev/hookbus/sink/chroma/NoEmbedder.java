package dev.hookbus.sink.chroma;

import java.util.Collections;
import java.util.List;

/** The constant vector of collections that are read by their metadata only. */
final class NoEmbedder implements Embedder {
  static final NoEmbedder INSTANCE = new NoEmbedder();

  private static final float[] CONSTANT = {1};

  private NoEmbedder() {}

  @Override
  public String id() {
    return "none/1";
  }

  @Override
  public int dimensions() {
    return 1;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return Collections.nCopies(texts.size(), CONSTANT.clone());
  }
}
