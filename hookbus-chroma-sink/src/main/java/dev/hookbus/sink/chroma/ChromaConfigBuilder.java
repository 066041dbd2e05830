package dev.hookbus.sink.chroma;

import static java.util.Objects.requireNonNull;

import dev.hookbus.event.EventType;
import dev.hookbus.payload.Redactor;
import dev.hookbus.sink.SinkConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects and checks the settings of a {@link ChromaConfig}. */
final class ChromaConfigBuilder implements ChromaConfig.Builder {
  /** What Chroma Cloud takes in one write; larger batches are no faster anywhere. */
  static final int MAX_BATCH_EVENTS = 300;

  /** Well below the 40 MiB at which the server hangs up: vectors and metadata come on top. */
  static final long MAX_BATCH_BYTES = 16L << 20;

  static final int MIN_DOCUMENT_BYTES = 1024;
  static final int MAX_DOCUMENT_BYTES = 1 << 20;

  private static final Pattern COLLECTION =
      Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{1,510}[a-zA-Z0-9]");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /** Names stand in a path, where nothing else needs no escape. */
  private static final Pattern TENANT = Pattern.compile("[a-zA-Z0-9_.~-]{3,128}");

  final URI server;
  String tenant = "default_tenant";
  String database = "default_database";
  @Nullable AuthHeader auth;
  Duration connectTimeout = Duration.ofSeconds(2);
  Duration requestTimeout = Duration.ofSeconds(60);
  Embedder embedder = Embedder.hashing();
  Set<EventType> embeddedTypes =
      EnumSet.of(EventType.DECISION, EventType.ERROR, EventType.ARTIFACT, EventType.WORKER_SPAWN);
  List<String> metadataKeys = List.of("status", "duration_ms", "hook");
  int maxBatchEvents = MAX_BATCH_EVENTS;
  long maxBatchBytes = 4L << 20;
  int maxDocumentBytes = 16_384;
  Redactor redactor = Redactor.standard();
  InstantSource clock = InstantSource.system();
  private String prefix = "";
  private final Map<ChromaCollection, String> given = new EnumMap<>(ChromaCollection.class);

  ChromaConfigBuilder(URI server) {
    this.server = requireNonNull(server, "server");
  }

  @Override
  public ChromaConfig.Builder tenant(String name) {
    tenant = matching(TENANT, "tenant", name);
    return this;
  }

  @Override
  public ChromaConfig.Builder database(String name) {
    database = matching(TENANT, "database", name);
    return this;
  }

  @Override
  public ChromaConfig.Builder prefix(String text) {
    prefix = requireNonNull(text, "text");
    return this;
  }

  @Override
  public ChromaConfig.Builder name(ChromaCollection collection, String name) {
    given.put(collection, requireNonNull(name, "name"));
    return this;
  }

  @Override
  public ChromaConfig.Builder token(String token) {
    auth = AuthHeader.token(token);
    return this;
  }

  @Override
  public ChromaConfig.Builder bearer(String token) {
    auth = AuthHeader.bearer(token);
    return this;
  }

  @Override
  public ChromaConfig.Builder basic(String user, String password) {
    auth = AuthHeader.basic(user, password);
    return this;
  }

  @Override
  public ChromaConfig.Builder connectTimeout(Duration timeout) {
    connectTimeout = positive("connectTimeout", timeout);
    return this;
  }

  @Override
  public ChromaConfig.Builder requestTimeout(Duration timeout) {
    requestTimeout = positive("requestTimeout", timeout);
    return this;
  }

  @Override
  public ChromaConfig.Builder embedder(Embedder value) {
    embedder = requireNonNull(value, "embedder");
    return this;
  }

  @Override
  public ChromaConfig.Builder embeddedTypes(Collection<EventType> types) {
    embeddedTypes = Set.copyOf(types);
    return this;
  }

  @Override
  public ChromaConfig.Builder metadataKeys(List<String> keys) {
    if (keys.size() > MAX_METADATA_KEYS) {
      throw new SinkConfigurationException(
          "metadataKeys", "must be at most " + MAX_METADATA_KEYS + " keys");
    }
    metadataKeys = List.copyOf(keys);
    return this;
  }

  @Override
  public ChromaConfig.Builder maxBatchEvents(int events) {
    maxBatchEvents = (int) within("maxBatchEvents", events, 1, MAX_BATCH_EVENTS);
    return this;
  }

  @Override
  public ChromaConfig.Builder maxBatchBytes(long bytes) {
    maxBatchBytes = within("maxBatchBytes", bytes, 1, MAX_BATCH_BYTES);
    return this;
  }

  @Override
  public ChromaConfig.Builder maxDocumentBytes(int bytes) {
    maxDocumentBytes =
        (int) within("maxDocumentBytes", bytes, MIN_DOCUMENT_BYTES, MAX_DOCUMENT_BYTES);
    return this;
  }

  @Override
  public ChromaConfig.Builder redactor(Redactor value) {
    redactor = requireNonNull(value, "redactor");
    return this;
  }

  @Override
  public ChromaConfig.Builder clock(InstantSource source) {
    clock = requireNonNull(source, "source");
    return this;
  }

  @Override
  public ChromaConfig build() {
    String scheme = server.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || server.getHost() == null) {
      throw new SinkConfigurationException("server", "must be an http or https address");
    }
    if (server.getUserInfo() != null || server.getQuery() != null || server.getFragment() != null) {
      throw new SinkConfigurationException(
          "server", "must hold no credentials, no query and no fragment");
    }
    return new ChromaConfig(this);
  }

  /** Every collection's name; all different. */
  Map<ChromaCollection, String> names() {
    Map<ChromaCollection, String> names = new EnumMap<>(ChromaCollection.class);
    for (ChromaCollection collection : ChromaCollection.values()) {
      String name = prefix + given.getOrDefault(collection, collection.defaultName());
      matching(COLLECTION, "collection " + collection.defaultName(), name);
      if (name.contains("..") || IPV4.matcher(name).matches()) {
        throw new SinkConfigurationException(
            "collection " + collection.defaultName(), "must not hold '..' or be an address");
      }
      names.put(collection, name);
    }
    if (new HashSet<>(names.values()).size() < names.size()) {
      throw new SinkConfigurationException("collections", "must have different names");
    }
    return names;
  }

  private static String matching(Pattern pattern, String setting, String value) {
    if (!pattern.matcher(value).matches()) {
      throw new SinkConfigurationException(setting, "must match " + pattern);
    }
    return value;
  }

  private static Duration positive(String setting, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new SinkConfigurationException(setting, "must be positive");
    }
    return value;
  }

  private static long within(String setting, long value, long min, long max) {
    if (value < min || value > max) {
      throw new SinkConfigurationException(setting, "must be from " + min + " to " + max);
    }
    return value;
  }
}
