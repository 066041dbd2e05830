package dev.hookbus.sink.chroma;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a server holds, read past the query API. */
final class Stored {
  private final ChromaConfig config;
  private final ChromaClient client;

  Stored(ChromaConfig config) {
    this.config = config;
    this.client = new ChromaClient(config);
  }

  ChromaClient client() {
    return client;
  }

  String id(ChromaCollection collection) throws Exception {
    CollectionInfo info = client.find(config.name(collection));
    return info == null ? "" : info.id();
  }

  List<ChromaRecord> in(ChromaCollection collection) throws Exception {
    String id = id(collection);
    return id.isEmpty() ? List.of() : client.get(id, Selection.matching(null, null, 100_000));
  }

  Map<String, ChromaRecord> byId(ChromaCollection collection) throws Exception {
    return in(collection).stream().collect(Collectors.toMap(ChromaRecord::id, Function.identity()));
  }

  List<String> ids(ChromaCollection collection) throws Exception {
    return in(collection).stream().map(ChromaRecord::id).toList();
  }
}
