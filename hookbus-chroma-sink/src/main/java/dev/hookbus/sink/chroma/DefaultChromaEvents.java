package dev.hookbus.sink.chroma;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks in two steps: IDs and times first, then the documents of those that are wanted. */
final class DefaultChromaEvents implements ChromaEvents {
  private final ChromaConfig config;
  private final ChromaReads reads;

  DefaultChromaEvents(ChromaConfig config) {
    this.config = requireNonNull(config, "config");
    this.reads = new ChromaReads(config);
  }

  @Override
  public List<StoredEvent> latest(EventQuery query, int n) {
    checkRange(n, MAX_RESULTS);
    return reads.of(
        ChromaCollection.EVENTS,
        List.of(),
        (client, events) -> {
          WindowSearch search = search(client, events, query, true);
          long likely = likelyNewest(client, events);
          return read(
              client, events, search.find(query.firstMillis(), query.lastMillis(), likely, n));
        });
  }

  @Override
  public EventPage page(EventQuery query, int n) {
    checkRange(n, MAX_RESULTS);
    return reads.of(
        ChromaCollection.EVENTS,
        new EventPage(List.of(), null),
        (client, events) -> {
          long first = query.firstMillis();
          List<ChromaRecord> found =
              search(client, events, query, false)
                  .find(first, query.lastMillis(), likelyOldest(client, events, query), n + 1);
          return page(client, events, found, n);
        });
  }

  @Override
  public EventPage page(EventQuery query, int n, EventPage.Cursor after) {
    checkRange(n, MAX_RESULTS);
    return reads.of(
        ChromaCollection.EVENTS,
        new EventPage(List.of(), null),
        (client, events) -> {
          WindowSearch search = search(client, events, query, false);
          long first = Math.max(query.firstMillis(), after.millis());
          long last = query.lastMillis();
          List<ChromaRecord> found = new ArrayList<>();
          if (first == after.millis() && first <= last) {
            search.find(first, first, first, Integer.MAX_VALUE).stream()
                .filter(after::isBefore)
                .limit(n + 1L)
                .forEach(found::add);
            first++;
          }
          if (found.size() <= n) {
            found.addAll(search.find(first, last, first, n + 1 - found.size()));
          }
          return page(client, events, found, n);
        });
  }

  private EventPage page(
      ChromaClient client, CollectionInfo events, List<ChromaRecord> found, int n)
      throws IOException, InterruptedException {
    boolean more = found.size() > n;
    List<StoredEvent> page = read(client, events, more ? found.subList(0, n) : found);
    ChromaRecord last = more ? found.get(n - 1) : null;
    return new EventPage(page, last == null ? null : EventPage.Cursor.after(last));
  }

  /** Records are stored about in order of time, so the last is about the newest. */
  private long likelyNewest(ChromaClient client, CollectionInfo events)
      throws IOException, InterruptedException {
    int last = (int) Math.min(Integer.MAX_VALUE, client.count(events.id())) - 1;
    List<ChromaRecord> newest =
        client.get(
            events.id(), Selection.matching(null, null, 1).metadataOnly().from(Math.max(0, last)));
    return newest.isEmpty() ? config.clock().millis() : newest.get(0).number(Keys.TS);
  }

  /** For the same reason the first is about the oldest. */
  private static long likelyOldest(ChromaClient client, CollectionInfo events, EventQuery query)
      throws IOException, InterruptedException {
    List<ChromaRecord> first =
        client.get(events.id(), Selection.matching(query.where().build(), null, 1).metadataOnly());
    return first.isEmpty() ? query.firstMillis() : first.get(0).number(Keys.TS);
  }

  private WindowSearch search(
      ChromaClient client, CollectionInfo events, EventQuery query, boolean newestFirst) {
    Map<String, ?> text = envelopeText(query);
    return new WindowSearch(
        (first, last, limit, offset) ->
            client.get(
                events.id(),
                Selection.matching(query.where().between(first, last).build(), text, limit)
                    .metadataOnly()
                    .from(offset)),
        config.pageSize(),
        newestFirst);
  }

  /** In an envelope a text stands as JSON writes it. */
  private static @Nullable Map<String, ?> envelopeText(EventQuery query) {
    String text = query.contains();
    if (text != null) {
      String quoted = ChromaJson.text(text);
      text = quoted.substring(1, quoted.length() - 1);
    }
    return Where.document(text, query.regex());
  }

  /** The whole events of these records, in their order; one deleted meanwhile is left out. */
  private List<StoredEvent> read(
      ChromaClient client, CollectionInfo events, List<ChromaRecord> records)
      throws IOException, InterruptedException {
    Map<String, ChromaRecord> whole = new HashMap<>();
    for (int from = 0; from < records.size(); from += Limits.RESULTS) {
      int to = Math.min(records.size(), from + Limits.RESULTS);
      List<String> ids = records.subList(from, to).stream().map(ChromaRecord::id).toList();
      client.get(events.id(), Selection.ofIds(ids)).forEach(r -> whole.put(r.id(), r));
    }
    return records.stream()
        .map(record -> whole.get(record.id()))
        .filter(record -> record != null)
        .map(StoredEvent::of)
        .toList();
  }

  @Override
  public long count(EventQuery query) {
    return reads.of(
        ChromaCollection.EVENTS,
        0L,
        (client, events) -> {
          if (query.isAll()) {
            return client.count(events.id());
          }
          Map<String, ?> where =
              query.where().between(query.firstMillis(), query.lastMillis()).build();
          return count(client, events, where, envelopeText(query));
        });
  }

  private long count(
      ChromaClient client,
      CollectionInfo collection,
      @Nullable Map<String, ?> where,
      @Nullable Map<String, ?> text)
      throws IOException, InterruptedException {
    Selection page = Selection.matching(where, text, config.pageSize()).idsOnly();
    int found;
    do {
      found = client.get(collection.id(), page).size();
      page = page.from(page.offset() + found);
    } while (found == page.limit());
    return page.offset();
  }

  @Override
  public List<SearchHit> search(String words, EventQuery query, int n) {
    checkRange(n, MAX_HITS);
    if (words.isBlank()) {
      throw new IllegalArgumentException("words must not be blank");
    }
    List<ChromaAnswers.Neighbour> near =
        reads.of(
            ChromaCollection.EMBEDDINGS,
            List.of(),
            (client, embeddings) -> {
              float[] vector = Vectors.embed(config.embedder(), List.of(words)).get(0);
              Map<String, ?> where =
                  query.where().between(query.firstMillis(), query.lastMillis()).build();
              Map<String, ?> text = Where.document(query.contains(), query.regex());
              return client.query(embeddings.id(), vector, Selection.matching(where, text, n));
            });
    return reads.of(ChromaCollection.EVENTS, List.of(), (c, events) -> hits(c, events, near));
  }

  private static List<SearchHit> hits(
      ChromaClient client, CollectionInfo events, List<ChromaAnswers.Neighbour> near)
      throws IOException, InterruptedException {
    List<String> ids = near.stream().map(hit -> hit.record().text(Keys.EVENT_ID)).toList();
    Map<String, ChromaRecord> byId = new HashMap<>();
    if (!ids.isEmpty()) {
      client.get(events.id(), Selection.ofIds(ids)).forEach(r -> byId.put(r.id(), r));
    }
    List<SearchHit> hits = new ArrayList<>();
    for (int i = 0; i < near.size(); i++) {
      ChromaRecord event = byId.get(ids.get(i));
      if (event != null) {
        ChromaAnswers.Neighbour hit = near.get(i);
        hits.add(new SearchHit(StoredEvent.of(event), hit.record().document(), 1 - hit.distance()));
      }
    }
    return hits;
  }

  @Override
  public EraseReport wouldErase(EraseScope scope) {
    return reads.ofAll(
        (collection, client, info) -> count(client, info, scope.where(collection), null));
  }

  @Override
  public EraseReport erase(EraseScope scope) {
    return reads.ofAll((collection, client, info) -> erase(client, info, scope.where(collection)));
  }

  private long erase(ChromaClient client, CollectionInfo info, @Nullable Map<String, ?> where)
      throws IOException, InterruptedException {
    Selection page = Selection.matching(where, null, Limits.RESULTS).idsOnly();
    List<String> before = List.of();
    long erased = 0;
    while (true) {
      List<String> ids = client.get(info.id(), page).stream().map(ChromaRecord::id).toList();
      if (ids.isEmpty()) {
        return erased;
      }
      if (ids.equals(before)) {
        throw new IOException("the server does not delete");
      }
      client.delete(info.id(), ids);
      erased += ids.size();
      before = ids;
    }
  }

  private static void checkRange(int n, int max) {
    if (n < 1 || n > max) {
      throw new IllegalArgumentException("n must be from 1 to " + max);
    }
  }

  @Override
  public void close() {
    reads.close();
  }

  /** Where it asks; no credentials. */
  @Override
  public String toString() {
    return "ChromaEvents[" + config + "]";
  }
}
