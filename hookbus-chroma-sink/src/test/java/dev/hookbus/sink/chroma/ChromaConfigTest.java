package dev.hookbus.sink.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.event.EventType;
import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.sink.SinkProvider;
import dev.hookbus.sink.SinkSettings;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChromaConfigTest {
  private static final String SECRET = "s3cr3t-token-value";

  private static ChromaConfig read(Map<String, String> flags) {
    return ChromaConfig.of(SinkSettings.of(flags::get));
  }

  @Test
  void noFlags_meanALocalServer() {
    ChromaConfig config = read(Map.of());

    assertThat(config.server()).isEqualTo(URI.create("http://localhost:8000"));
    assertThat(config.tenant()).isEqualTo("default_tenant");
    assertThat(config.database()).isEqualTo("default_database");
    assertThat(config.name(ChromaCollection.AGENT_STATE)).isEqualTo("agent_state");
    assertThat(config.auth()).isNull();
    assertThat(config.limits().maxEvents()).isEqualTo(300);
    assertThat(config.limits().maxBytes()).isEqualTo(4 << 20);
    assertThat(config.warning()).isNull();
  }

  @Test
  void originalsFlags_chooseTheCloud() {
    ChromaConfig config =
        read(
            Map.of(
                "USE_CHROMA_CLOUD", "true",
                "CHROMA_TENANT", "my-tenant",
                "CHROMA_DATABASE", "my-db",
                "CHROMA_API_KEY", SECRET));

    assertThat(config.server().getScheme()).isEqualTo("https");
    assertThat(config.tenant()).isEqualTo("my-tenant");
    assertThat(config.database()).isEqualTo("my-db");
    assertThat(config.auth().name()).isEqualTo("X-Chroma-Token");
    assertThat(config.auth().value().reveal()).isEqualTo(SECRET);
  }

  @Test
  void cloudWithoutAllThree_namesWhatIsMissing() {
    assertThatThrownBy(
            () ->
                read(Map.of("USE_CHROMA_CLOUD", "1", "CHROMA_TENANT", "t", "CHROMA_API_KEY", "k")))
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessageStartingWith("CHROMA_DATABASE");
  }

  @ParameterizedTest
  @CsvSource({
    "token, X-Chroma-Token, user:pw",
    "bearer, Authorization, Bearer user:pw",
    "basic, Authorization, Basic dXNlcjpwdw=="
  })
  void apiKey_isSentAsTheFlagSays(String how, String header, String value) {
    AuthHeader auth = read(Map.of("CHROMA_API_KEY", "user:pw", "HOOKBUS_CHROMA_AUTH", how)).auth();

    assertThat(auth.name()).isEqualTo(header);
    assertThat(auth.value().reveal()).isEqualTo(value);
  }

  @Test
  void ownFlags_areRead() {
    ChromaConfig config =
        read(
            Map.of(
                "HOOKBUS_CHROMA_URL", "http://127.0.0.1:9999/base/",
                "HOOKBUS_CHROMA_PREFIX", "shop_",
                "HOOKBUS_CHROMA_EVENTS", "happenings",
                "HOOKBUS_CHROMA_EMBEDDER", "none",
                "HOOKBUS_CHROMA_EMBED_TYPES", "error, tool_invocation",
                "HOOKBUS_CHROMA_METADATA", "status,exit_code",
                "HOOKBUS_CHROMA_BATCH_EVENTS", "10"));

    assertThat(config.name(ChromaCollection.EVENTS)).isEqualTo("shop_happenings");
    assertThat(config.name(ChromaCollection.ARTIFACTS)).isEqualTo("shop_artifacts");
    assertThat(config.embedder()).isSameAs(Embedder.none());
    assertThat(config.embeddedTypes())
        .containsExactlyInAnyOrder(EventType.ERROR, EventType.TOOL_INVOCATION);
    assertThat(config.metadataKeys()).containsExactly("status", "exit_code");
    assertThat(config.limits().maxEvents()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HOOKBUS_CHROMA_URL | ftp://host",
        "HOOKBUS_CHROMA_URL | http://user:s3cr3t-token-value@host",
        "HOOKBUS_CHROMA_URL | not an address s3cr3t-token-value",
        "CHROMA_TENANT | a/s3cr3t-token-value",
        "CHROMA_DATABASE | x",
        "CHROMA_API_KEY | s3cr3t-token-value\u00e9",
        "HOOKBUS_CHROMA_PREFIX | _s3cr3t-token-value",
        "HOOKBUS_CHROMA_EVENTS | artifacts",
        "HOOKBUS_CHROMA_EVENTS | 10.0.0.1",
        "HOOKBUS_CHROMA_BATCH_EVENTS | 301",
        "HOOKBUS_CHROMA_DOCUMENT_BYTES | 10",
        "HOOKBUS_CHROMA_EMBED_TYPES | s3cr3t-token-value",
        "HOOKBUS_CHROMA_AUTH | s3cr3t-token-value",
      })
  void uselessValue_isRefusedWithoutRepeatingIt(String flag, String value) {
    assertThatThrownBy(() -> read(Map.of(flag, value)))
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://chroma.example:8000", "http://10.0.0.1:8000"})
  void plainHttpOverTheNetwork_isWarnedAbout(String url) {
    assertThat(ChromaConfig.at(URI.create(url)).build().warning()).contains("without a token");
    assertThat(ChromaConfig.at(URI.create(url)).token(SECRET).build().warning())
        .contains("unencrypted")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chroma.example",
        "http://localhost:1",
        "http://127.0.0.1:1",
        "http://[::1]:1"
      })
  void otherAddresses_areNot(String url) {
    assertThat(ChromaConfig.at(URI.create(url)).build().warning()).isNull();
  }

  @Test
  void secrets_appearInNoText() {
    ChromaConfig config = ChromaConfig.at(URI.create("http://localhost:1")).token(SECRET).build();

    try (ChromaSink sink = ChromaSink.to(config);
        ChromaEvents events = ChromaEvents.open(config)) {
      assertThat(config + " " + sink + " " + events + " " + config.auth()).doesNotContain(SECRET);
      assertThat(sink.deliver(Events.progress(1)).firstRetry().reason())
          .isEqualTo("ConnectException");
      assertThatThrownBy(() -> events.count(EventQuery.all()))
          .isInstanceOf(ChromaException.class)
          .hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void serviceLoader_findsTheSink() {
    SinkProvider provider =
        ServiceLoader.load(SinkProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.name().equals("chroma"))
            .findFirst()
            .orElseThrow();

    try (Sink sink = provider.create(SinkSettings.of(Map.<String, String>of()::get))) {
      assertThat(sink.name()).isEqualTo("chroma");
    }
  }
}
