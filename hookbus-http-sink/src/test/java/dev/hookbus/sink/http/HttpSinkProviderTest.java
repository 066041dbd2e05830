package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkProvider;
import dev.hookbus.sink.SinkSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSinkProviderTest {

  @Test
  void provider_is_found_by_service_loader() {
    assertThat(ServiceLoader.load(SinkProvider.class))
        .extracting(SinkProvider::name)
        .contains("http", "jsonl");
  }

  @Test
  void flags_become_a_sink() throws Exception {
    try (Receiver receiver = Receiver.start();
        Sink sink =
            create(
                Map.of(
                    "ZO_EVENT_ENDPOINT", receiver.uri("/events").toString(),
                    "ZO_API_KEY", "k3y",
                    "HOOKBUS_HTTP_PROFILE", "bridge-batch",
                    "HOOKBUS_HTTP_BATCH_EVENTS", "7"))) {
      sink.deliver(Events.many(2));

      assertThat(sink.limits().maxEvents()).isEqualTo(7);
      assertThat(receiver.onlyRequest().path()).isEqualTo("/events");
      assertThat(receiver.onlyRequest().header("X-API-Key")).isEqualTo("k3y");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bridge, http://localhost:9000/ingest",
    "otlp, http://localhost:4318/v1/logs",
    "leanvibe, http://localhost:8000/api/v1/observability/hook-events",
  })
  void profile_has_its_usual_address(String profile, String address) {
    assertThat(create(Map.of("HOOKBUS_HTTP_PROFILE", profile)).toString()).contains(address);
  }

  @Test
  void leanvibe_address_is_made_of_its_base() {
    assertThat(
            create(
                    Map.of(
                        "HOOKBUS_HTTP_PROFILE", "leanvibe",
                        "LEANVIBE_HOOK_API_URL", "https://vibe.example/"))
                .toString())
        .contains("https://vibe.example/api/v1/observability/hook-events");
  }

  @ParameterizedTest
  @CsvSource({
    "https://bridge.example/x, '', http://proxy:3128",
    "http://bridge.example/x, '', http://plain:3128",
    "https://bridge.example/x, 'other, .example', ",
    "https://bridge.example/x, bridge.example, ",
    "https://bridge.example/x, ridge.example, http://proxy:3128",
    "https://bridge.example/x, *, ",
    "http://localhost:9000/x, '', ",
    "http://127.0.0.1:9000/x, '', ",
  })
  void proxy_is_that_of_the_environment(URI endpoint, String noProxy, URI expected) {
    Map<String, String> env = new HashMap<>();
    env.put("HTTPS_PROXY", "http://proxy:3128");
    env.put("http_proxy", "plain:3128");
    env.put("NO_PROXY", noProxy);

    assertThat(ProxyFlags.proxyFor(endpoint, SinkSettings.of(env::get))).isEqualTo(expected);
  }

  private static Sink create(Map<String, String> flags) {
    return new HttpSinkProvider().create(SinkSettings.of(flags::get));
  }
}
