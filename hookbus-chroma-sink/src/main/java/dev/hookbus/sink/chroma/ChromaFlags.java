package dev.hookbus.sink.chroma;

import dev.hookbus.event.EventType;
import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.sink.SinkSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a configuration from flags: the originals' {@code CHROMA_*}, and our own. */
final class ChromaFlags {
  private static final String URL = "HOOKBUS_CHROMA_URL";
  private static final String USE_CLOUD = "USE_CHROMA_CLOUD";
  private static final String API_KEY = "CHROMA_API_KEY";
  private static final String TENANT = "CHROMA_TENANT";
  private static final String DATABASE = "CHROMA_DATABASE";
  private static final String LOCAL = "http://localhost:8000";
  private static final String CLOUD = "https://api.trychroma.com";

  private ChromaFlags() {}

  /** How {@code CHROMA_API_KEY} is sent. */
  private enum Auth {
    TOKEN,
    BEARER,
    BASIC
  }

  /** The embedders a flag can choose. */
  private enum EmbedderChoice {
    HASHING,
    NONE
  }

  static ChromaConfig read(SinkSettings flags) {
    boolean cloud = flags.on(USE_CLOUD, false);
    if (cloud) {
      refuseMissing(flags, TENANT, DATABASE, API_KEY);
    }
    ChromaConfig.Builder config = ChromaConfig.at(uri(flags.text(URL, cloud ? CLOUD : LOCAL)));
    place(config, flags);
    credentials(config, flags);
    content(config, flags);
    return config
        .connectTimeout(flags.millis("HOOKBUS_CHROMA_CONNECT_TIMEOUT_MS", Duration.ofSeconds(2)))
        .requestTimeout(flags.millis("HOOKBUS_CHROMA_REQUEST_TIMEOUT_MS", Duration.ofSeconds(60)))
        .maxBatchEvents(
            (int)
                flags.number(
                    "HOOKBUS_CHROMA_BATCH_EVENTS",
                    ChromaConfigBuilder.MAX_BATCH_EVENTS,
                    1,
                    ChromaConfigBuilder.MAX_BATCH_EVENTS))
        .maxBatchBytes(
            flags.number(
                "HOOKBUS_CHROMA_BATCH_BYTES", 4L << 20, 1024, ChromaConfigBuilder.MAX_BATCH_BYTES))
        .build();
  }

  private static void place(ChromaConfig.Builder config, SinkSettings flags) {
    String tenant = flags.text(TENANT);
    if (tenant != null) {
      config.tenant(tenant);
    }
    String database = flags.text(DATABASE);
    if (database != null) {
      config.database(database);
    }
    config.prefix(flags.text("HOOKBUS_CHROMA_PREFIX", ""));
    for (ChromaCollection collection : ChromaCollection.values()) {
      String name = flags.text(nameFlag(collection));
      if (name != null) {
        config.name(collection, name);
      }
    }
  }

  private static String nameFlag(ChromaCollection collection) {
    return switch (collection) {
      case EVENTS -> "HOOKBUS_CHROMA_EVENTS";
      case ARTIFACTS -> "HOOKBUS_CHROMA_ARTIFACTS";
      case EMBEDDINGS -> "HOOKBUS_CHROMA_EMBEDDINGS";
      case AGENT_STATE -> "HOOKBUS_CHROMA_AGENT_STATE";
    };
  }

  private static void credentials(ChromaConfig.Builder config, SinkSettings flags) {
    String key = flags.text(API_KEY);
    Auth auth = flags.choice("HOOKBUS_CHROMA_AUTH", Auth.TOKEN);
    if (key == null) {
      return;
    }
    switch (auth) {
      case TOKEN -> config.token(key);
      case BEARER -> config.bearer(key);
      case BASIC -> {
        int colon = key.indexOf(':');
        if (colon < 1) {
          throw new SinkConfigurationException(API_KEY, "must be user:password");
        }
        config.basic(key.substring(0, colon), key.substring(colon + 1));
      }
    }
  }

  private static void content(ChromaConfig.Builder config, SinkSettings flags) {
    if (flags.choice("HOOKBUS_CHROMA_EMBEDDER", EmbedderChoice.HASHING) == EmbedderChoice.NONE) {
      config.embedder(Embedder.none());
    }
    String types = flags.text("HOOKBUS_CHROMA_EMBED_TYPES");
    if (types != null) {
      config.embeddedTypes(list(types).stream().map(ChromaFlags::type).toList());
    }
    String keys = flags.text("HOOKBUS_CHROMA_METADATA");
    if (keys != null) {
      config.metadataKeys(list(keys));
    }
    config.maxDocumentBytes(
        (int)
            flags.number(
                "HOOKBUS_CHROMA_DOCUMENT_BYTES",
                16_384,
                ChromaConfigBuilder.MIN_DOCUMENT_BYTES,
                ChromaConfigBuilder.MAX_DOCUMENT_BYTES));
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private static EventType type(String name) {
    EventType type = EventType.ofWireName(name.toLowerCase(Locale.ROOT));
    if (type == EventType.UNKNOWN) {
      throw new SinkConfigurationException(
          "HOOKBUS_CHROMA_EMBED_TYPES", "must be event types, such as error,decision");
    }
    return type;
  }

  private static void refuseMissing(SinkSettings flags, String... names) {
    for (String name : names) {
      @Nullable String value = flags.text(name);
      if (value == null) {
        throw new SinkConfigurationException(name, "must be set where " + USE_CLOUD + " is on");
      }
    }
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new SinkConfigurationException(URL, "must be an http or https address");
    }
  }
}
