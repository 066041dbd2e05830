package dev.hookbus.sink.chroma;

import dev.hookbus.safety.Attempt;
import java.util.List;

/** Calls embedders, which are other people's code, and believes nothing they say. */
final class Vectors {
  private Vectors() {}

  /**
   * One vector for each text.
   *
   * @throws ChromaFaultException where the embedder fails, or its vectors are of no use
   */
  static List<float[]> embed(Embedder embedder, List<String> texts) throws ChromaFaultException {
    Attempt<List<float[]>> attempt = Attempt.shield(() -> embedder.embed(texts));
    Throwable error = attempt.error();
    if (error != null) {
      throw failed(embedder, "failed with " + error.getClass().getSimpleName());
    }
    List<float[]> vectors = attempt.value();
    if (vectors.size() != texts.size()) {
      throw failed(embedder, "gave " + vectors.size() + " vectors for " + texts.size() + " texts");
    }
    for (float[] vector : vectors) {
      if (vector.length != embedder.dimensions()) {
        throw failed(
            embedder, "gave " + vector.length + " dimensions, not " + embedder.dimensions());
      }
      if (!finite(vector)) {
        throw failed(embedder, "gave numbers that are not finite");
      }
    }
    return vectors;
  }

  private static boolean finite(float[] vector) {
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** The events wait: a model that is away comes back, and none can stand in for it. */
  private static ChromaFaultException failed(Embedder embedder, String how) {
    return new ChromaFaultException(Fault.BUSY, "the embedder " + embedder.id() + " " + how, null);
  }
}
