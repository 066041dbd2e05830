package dev.hookbus.sink.chroma;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks questions about collections, connecting at the first. Thread-safe, one at a time. */
final class ChromaReads {
  private static final Logger LOG = LoggerFactory.getLogger(ChromaEvents.class);

  /** A question about a collection; may be asked twice. */
  interface Question<T> {
    T ask(ChromaClient client, CollectionInfo collection) throws IOException, InterruptedException;
  }

  /** A question about each collection, answered by a number of records. */
  interface Count {
    long ask(ChromaCollection which, ChromaClient client, CollectionInfo collection)
        throws IOException, InterruptedException;
  }

  /** What is known of the server. */
  private record Connection(ChromaClient client, CollectionDirectory directory) {}

  private final ChromaConfig config;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Connection connection;
  private volatile boolean closed;

  ChromaReads(ChromaConfig config) {
    this.config = config;
  }

  /** The answer, or {@code absent} where there is no such collection. */
  <T> T of(ChromaCollection collection, T absent, Question<T> question) {
    if (closed) {
      throw new ChromaException("closed", null);
    }
    turn.lock();
    try {
      return ask(collection, absent, question);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChromaException("interrupted", e);
    } catch (ChromaFaultException e) {
      throw new ChromaException("Chroma: " + ChromaFaultException.describe(e), e);
    } catch (IOException e) {
      String server = config.server() + ": " + ChromaFaultException.describe(e);
      throw new ChromaException("no answer from Chroma at " + server, e);
    } finally {
      turn.unlock();
    }
  }

  EraseReport ofAll(Count count) {
    Map<ChromaCollection, Long> counts = new EnumMap<>(ChromaCollection.class);
    for (ChromaCollection collection : ChromaCollection.values()) {
      counts.put(
          collection, of(collection, 0L, (client, info) -> count.ask(collection, client, info)));
    }
    return new EraseReport(counts);
  }

  private <T> T ask(ChromaCollection collection, T absent, Question<T> question)
      throws IOException, InterruptedException {
    Connection current = connection();
    try {
      return askOnce(current, collection, absent, question);
    } catch (ChromaFaultException e) {
      if (e.fault() != Fault.GONE) {
        throw e;
      }
      current.directory().forget(collection); // deleted, and perhaps made anew with another ID
      return askOnce(current, collection, absent, question);
    }
  }

  private static <T> T askOnce(
      Connection connection, ChromaCollection collection, T absent, Question<T> question)
      throws IOException, InterruptedException {
    CollectionInfo info = connection.directory().find(collection);
    return info == null ? absent : question.ask(connection.client(), info);
  }

  private Connection connection() {
    Connection current = connection;
    if (current == null) {
      String warning = config.warning();
      if (warning != null) {
        LOG.warn(warning);
      }
      ChromaClient client = new ChromaClient(config);
      current = new Connection(client, new CollectionDirectory(config, client));
      connection = current;
    }
    return current;
  }

  void close() {
    closed = true;
  }
}
