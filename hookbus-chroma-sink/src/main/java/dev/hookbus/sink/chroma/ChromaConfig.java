package dev.hookbus.sink.chroma;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.hookbus.event.EventType;
import dev.hookbus.payload.Redactor;
import dev.hookbus.sink.BatchLimits;
import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.sink.SinkSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and what is kept there: shared by {@link ChromaSink} and {@link
 * ChromaEvents}, which must agree about it. Immutable; holds no connection.
 *
 * <pre>{@code
 * ChromaConfig config =
 *     ChromaConfig.at(URI.create("http://localhost:8000")).prefix("shop_").build();
 * }</pre>
 */
public final class ChromaConfig {
  private static final int SELF_HOSTED_RESULTS = 2000;

  private final URI server;
  private final String tenant;
  private final String database;
  private final Map<ChromaCollection, String> names;
  private final @Nullable AuthHeader auth;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final Embedder embedder;
  private final Set<EventType> embeddedTypes;
  private final List<String> metadataKeys;
  private final BatchLimits limits;
  private final int maxDocumentBytes;
  private final Redactor redactor;
  private final InstantSource clock;

  ChromaConfig(ChromaConfigBuilder from) {
    server = from.server;
    tenant = from.tenant;
    database = from.database;
    names = new EnumMap<>(from.names());
    auth = from.auth;
    connectTimeout = from.connectTimeout;
    requestTimeout = from.requestTimeout;
    embedder = from.embedder;
    embeddedTypes = Set.copyOf(from.embeddedTypes);
    metadataKeys = List.copyOf(from.metadataKeys);
    limits = new BatchLimits(from.maxBatchEvents, from.maxBatchBytes);
    maxDocumentBytes = from.maxDocumentBytes;
    redactor = from.redactor;
    clock = from.clock;
  }

  /** A builder for a server at that address, {@code http} or {@code https}. */
  public static Builder at(URI server) {
    return new ChromaConfigBuilder(server);
  }

  /**
   * What the flags say; {@code docs/chroma-sink.md} lists them.
   *
   * @throws SinkConfigurationException where a flag is missing or wrong
   */
  public static ChromaConfig of(SinkSettings flags) {
    return ChromaFlags.read(flags);
  }

  /** The server's address. */
  public URI server() {
    return server;
  }

  /** The tenant. */
  public String tenant() {
    return tenant;
  }

  /** The database. */
  public String database() {
    return database;
  }

  /** A collection's name on the server, prefix included. */
  public String name(ChromaCollection collection) {
    String name = names.get(collection);
    if (name == null) {
      throw new IllegalStateException("every collection has a name");
    }
    return name;
  }

  /** The embedder of {@link ChromaCollection#EMBEDDINGS}. */
  public Embedder embedder() {
    return embedder;
  }

  /** The embedder of a collection: none where nobody searches for words. */
  Embedder embedder(ChromaCollection collection) {
    return collection == ChromaCollection.EMBEDDINGS ? embedder : Embedder.none();
  }

  @Nullable AuthHeader auth() {
    return auth;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration requestTimeout() {
    return requestTimeout;
  }

  Set<EventType> embeddedTypes() {
    return embeddedTypes;
  }

  List<String> metadataKeys() {
    return metadataKeys;
  }

  BatchLimits limits() {
    return limits;
  }

  int maxDocumentBytes() {
    return maxDocumentBytes;
  }

  Redactor redactor() {
    return redactor;
  }

  InstantSource clock() {
    return clock;
  }

  /** How many records one answer may hold: a server of one's own has no limit but memory. */
  int pageSize() {
    boolean cloud = server.getHost().endsWith(".trychroma.com");
    return cloud ? Limits.RESULTS : SELF_HOSTED_RESULTS;
  }

  /** What is unwise about the address, for the log; null where nothing is. */
  @Nullable String warning() {
    String host = server.getHost();
    boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    if (loopback || "https".equals(server.getScheme())) {
      return null;
    }
    return auth == null
        ? "Chroma is reached over the network without TLS and without a token: whoever reaches its"
            + " port reads and deletes every event. Put a proxy with TLS and a token in front."
        : "Chroma's token and all events cross the network unencrypted. Use https.";
  }

  /** Where the server is; no credentials. */
  @Override
  public String toString() {
    return "ChromaConfig[" + server + ", " + tenant + "/" + database + ", " + embedder.id() + "]";
  }

  /** Settings of a connection. Not thread-safe. Nulls are refused. */
  public interface Builder {

    /** The tenant; {@code default_tenant} by default. */
    @CanIgnoreReturnValue
    Builder tenant(String name);

    /** The database; {@code default_database} by default. Made where it does not exist. */
    @CanIgnoreReturnValue
    Builder database(String name);

    /** Put before the name of each collection; nothing by default. */
    @CanIgnoreReturnValue
    Builder prefix(String text);

    /** Another name for a collection. */
    @CanIgnoreReturnValue
    Builder name(ChromaCollection collection, String name);

    /** Sent as {@code X-Chroma-Token}; replaces other credentials. */
    @CanIgnoreReturnValue
    Builder token(String token);

    /** Sent as bearer token; replaces other credentials. */
    @CanIgnoreReturnValue
    Builder bearer(String token);

    /** Sent as basic authentication; replaces other credentials. */
    @CanIgnoreReturnValue
    Builder basic(String user, String password);

    /** How long connecting may take; 2 s by default. */
    @CanIgnoreReturnValue
    Builder connectTimeout(Duration timeout);

    /** How long one request may take with its answer; 60 s by default. */
    @CanIgnoreReturnValue
    Builder requestTimeout(Duration timeout);

    /** What makes vectors of texts; {@link Embedder#hashing()} by default. Not closed by us. */
    @CanIgnoreReturnValue
    Builder embedder(Embedder embedder);

    /**
     * The types of event whose indexable text can be searched; decision, error, artifact and
     * worker_spawn by default.
     */
    @CanIgnoreReturnValue
    Builder embeddedTypes(Collection<EventType> types);

    /**
     * Keys of an event's {@code data} whose values become metadata {@code data.KEY}; {@code
     * status}, {@code duration_ms} and {@code hook} by default, at most {@value MAX_METADATA_KEYS}.
     */
    @CanIgnoreReturnValue
    Builder metadataKeys(List<String> keys);

    /** How many keys {@link #metadataKeys} takes: the server keeps every key it ever saw. */
    int MAX_METADATA_KEYS = 12;

    /** How many events a batch may have; 300 by default, at most that. */
    @CanIgnoreReturnValue
    Builder maxBatchEvents(int events);

    /** How many bytes a batch may have; 4 MiB by default, at most 16 MiB. */
    @CanIgnoreReturnValue
    Builder maxBatchBytes(long bytes);

    /** Where a document is cut, in bytes of UTF-8; 16,384 by default, from 1,024 to 1 MiB. */
    @CanIgnoreReturnValue
    Builder maxDocumentBytes(int bytes);

    /** What every text goes through before it leaves; {@link Redactor#standard()} by default. */
    @CanIgnoreReturnValue
    Builder redactor(Redactor redactor);

    /** The clock of pauses and of retention; the system's by default. */
    @CanIgnoreReturnValue
    Builder clock(InstantSource clock);

    /**
     * The configuration; nothing is connected.
     *
     * @throws SinkConfigurationException where a setting cannot be used; its message names the
     *     setting and never its value
     */
    ChromaConfig build();
  }
}
