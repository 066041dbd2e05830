package dev.hookbus.sink.chroma;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows the collections' IDs, makes what does not exist, and refuses a collection whose vectors
 * come from another embedder. Confined to one thread at a time.
 *
 * <p>What a collection was made with stands in its metadata, which {@code get_or_create} stores
 * once and then hands back to whoever comes second.
 */
final class CollectionDirectory {
  static final String EMBEDDER = "hookbus_embedder";
  static final String DIMENSIONS = "hookbus_dimensions";

  private final ChromaConfig config;
  private final ChromaClient client;
  private final Map<ChromaCollection, CollectionInfo> known = new EnumMap<>(ChromaCollection.class);
  private @Nullable Boolean base64;

  CollectionDirectory(ChromaConfig config, ChromaClient client) {
    this.config = config;
    this.client = client;
  }

  /** The collection, made where there is none. */
  CollectionInfo require(ChromaCollection collection) throws IOException, InterruptedException {
    CollectionInfo info = known.get(collection);
    if (info == null) {
      info = checked(collection, create(collection));
      known.put(collection, info);
    }
    return info;
  }

  /** The collection; null where there is none. */
  @Nullable CollectionInfo find(ChromaCollection collection)
      throws IOException, InterruptedException {
    CollectionInfo info = known.get(collection);
    if (info == null) {
      info = client.find(config.name(collection));
      if (info != null) {
        known.put(collection, checked(collection, info));
      }
    }
    return info;
  }

  /** After the server said that it does not know the ID. */
  void forget(ChromaCollection collection) {
    known.remove(collection);
  }

  /** Whether the server takes vectors as base64. */
  boolean takesBase64() throws IOException, InterruptedException {
    Boolean answer = base64;
    if (answer == null) {
      answer = client.takesBase64();
      base64 = answer;
    }
    return answer;
  }

  private CollectionInfo create(ChromaCollection collection)
      throws IOException, InterruptedException {
    Embedder embedder = config.embedder(collection);
    Map<String, Object> madeWith =
        Map.of(EMBEDDER, embedder.id(), DIMENSIONS, (long) embedder.dimensions());
    String name = config.name(collection);
    try {
      return client.getOrCreate(name, madeWith);
    } catch (ChromaFaultException e) {
      boolean noDatabase = e.fault() == Fault.BAD_RECORD || e.fault() == Fault.GONE;
      if (!noDatabase) {
        throw e;
      }
      if (client.databaseExists()) {
        throw ChromaFaultException.misconfigured(ChromaFaultException.describe(e));
      }
      client.createDatabase();
      return client.getOrCreate(name, madeWith);
    }
  }

  private CollectionInfo checked(ChromaCollection collection, CollectionInfo info)
      throws ChromaFaultException {
    Embedder embedder = config.embedder(collection);
    Object madeWith = info.metadata().get(EMBEDDER);
    Object promised = info.metadata().get(DIMENSIONS);
    boolean same =
        embedder.id().equals(madeWith)
            && promised instanceof Long dimensions
            && dimensions == embedder.dimensions()
            && (info.dimension() == null || info.dimension() == embedder.dimensions());
    if (same) {
      return info;
    }
    Object size = promised == null ? info.dimension() : promised;
    throw ChromaFaultException.misconfigured(
        "collection %s was made with the embedder %s, but this configuration has %s: %s"
            .formatted(
                info.name(),
                named(madeWith == null ? "of another program" : madeWith, size),
                named(embedder.id(), embedder.dimensions()),
                "use the same embedder, or another prefix or name, or delete the collection"));
  }

  private static String named(Object id, @Nullable Object dimensions) {
    return id + " (" + (dimensions == null ? "unknown" : dimensions) + " dimensions)";
  }
}
