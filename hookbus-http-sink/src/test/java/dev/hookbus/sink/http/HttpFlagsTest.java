package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.sink.SinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every flag of the HTTP sink, set to what works and to what does not. */
@Timeout(120)
class HttpFlagsTest {
  private static final String SECRET = "hunter2";
  private static final Path DOCUMENT = Path.of("../docs/http-sink.md");

  @TempDir static Path dir;
  private Receiver receiver;

  @BeforeEach
  void start() throws Exception {
    receiver = Receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  /** What is refused: the flag that the error must name, its value, and what else is set. */
  static Stream<Arguments> refused() throws IOException {
    String noPem = Files.writeString(dir.resolve("no.pem"), SECRET).toString();
    return Stream.of(
        Arguments.of("ZO_EVENT_ENDPOINT", "", Map.of()),
        Arguments.of("ZO_EVENT_ENDPOINT", "ht tp://" + SECRET, Map.of()),
        Arguments.of("ZO_EVENT_ENDPOINT", "ftp://" + SECRET, Map.of()),
        Arguments.of("ZO_EVENT_ENDPOINT", "https://u:" + SECRET + "@localhost/", Map.of()),
        Arguments.of("HOOKBUS_HTTP_PROFILE", SECRET, Map.of()),
        Arguments.of("ZO_API_KEY", SECRET + " and more", Map.of()),
        Arguments.of("ZO_API_KEY", SECRET + "\u00e9", Map.of()),
        Arguments.of("HOOKBUS_HTTP_HMAC_SECRET", SECRET + " more", Map.of()),
        Arguments.of("HOOKBUS_HTTP_CONNECT_TIMEOUT_MS", SECRET, Map.of()),
        Arguments.of("HOOKBUS_HTTP_CONNECT_TIMEOUT_MS", "0", Map.of()),
        Arguments.of("HOOKBUS_HTTP_REQUEST_TIMEOUT_MS", "-1", Map.of()),
        Arguments.of("HOOKBUS_HTTP_REQUEST_TIMEOUT_MS", "1.5", Map.of()),
        Arguments.of("HOOKBUS_HTTP_TOTAL_TIMEOUT_MS", "86400001", Map.of()),
        Arguments.of("HOOKBUS_HTTP_BATCH_EVENTS", "0", Map.of()),
        Arguments.of("HOOKBUS_HTTP_BATCH_EVENTS", "10001", Map.of()),
        Arguments.of("HOOKBUS_HTTP_BATCH_BYTES", "1023", Map.of()),
        Arguments.of("HOOKBUS_HTTP_MAX_EVENT_BYTES", "99999999999", Map.of()),
        Arguments.of("HOOKBUS_HTTP_GZIP", SECRET, Map.of()),
        Arguments.of("HOOKBUS_HTTP_NDJSON", SECRET, Map.of()),
        Arguments.of("HOOKBUS_HTTP_RETRY_AUTH", "2", Map.of()),
        Arguments.of("HOOKBUS_HTTP_CA_FILE", dir.resolve(SECRET).toString(), Map.of()),
        Arguments.of("HOOKBUS_HTTP_CA_FILE", noPem, Map.of()),
        Arguments.of("HOOKBUS_HTTP_CLIENT_CERT", noPem, Map.of()),
        Arguments.of("HOOKBUS_HTTP_CLIENT_CERT", noPem, Map.of("HOOKBUS_HTTP_CLIENT_KEY", noPem)),
        Arguments.of("BRIDGE_CERT_SHA256", SECRET, Map.of()),
        Arguments.of("BRIDGE_CERT_SHA256", "ab".repeat(31), Map.of()),
        Arguments.of("HTTPS_PROXY", "socks://" + SECRET + ":1", remote("https")),
        Arguments.of("HTTPS_PROXY", "http://u:" + SECRET + "@proxy:1", remote("https")),
        Arguments.of("HTTP_PROXY", SECRET, remote("http")),
        Arguments.of("HTTP_PROXY", "pro xy:1", remote("http")),
        Arguments.of("HOOKBUS_OTLP_RETRY_ERRORS", SECRET, Map.of()),
        Arguments.of("HOOKBUS_OTLP_DATA", SECRET, Map.of()),
        Arguments.of("LEANVIBE_HOOK_API_URL", "ftp://" + SECRET, leanvibe()),
        Arguments.of("LEANVIBE_HOOK_API_URL", "http://u:" + SECRET + "@localhost", leanvibe()),
        Arguments.of("LEANVIBE_AGENT_ID", SECRET, leanvibe()));
  }

  private static Map<String, String> remote(String scheme) {
    return Map.of("ZO_EVENT_ENDPOINT", scheme + "://bridge.example/ingest");
  }

  private static Map<String, String> leanvibe() {
    return Map.of("HOOKBUS_HTTP_PROFILE", "leanvibe");
  }

  @ParameterizedTest
  @MethodSource("refused")
  void value_that_cannot_be_used_is_refused_by_the_flags_name_and_not_quoted(
      String flag, String value, Map<String, String> others) {
    Map<String, String> flags = new HashMap<>(others);
    flags.put(flag, value);

    assertThatThrownBy(() -> create(flags))
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessageStartingWith(flag + " ")
        .hasMessageNotContaining(SECRET)
        .satisfies(
            e -> {
              for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(SECRET);
              }
            });
  }

  @Test
  void client_key_that_is_none_is_refused_by_its_own_flag() throws Exception {
    Identity client = Identity.create(dir, "flags-client");
    Path noKey = Files.writeString(dir.resolve("no.key"), SECRET);

    assertThatThrownBy(
            () ->
                create(
                    Map.of(
                        "HOOKBUS_HTTP_CLIENT_CERT", client.certificatePem().toString(),
                        "HOOKBUS_HTTP_CLIENT_KEY", noKey.toString())))
        .hasMessageStartingWith("HOOKBUS_HTTP_CLIENT_KEY ")
        .hasMessageNotContaining(SECRET);
    assertThatThrownBy(() -> create(Map.of("HOOKBUS_HTTP_CLIENT_KEY", client.keyPem().toString())))
        .hasMessageContaining("HOOKBUS_HTTP_CLIENT_KEY");
  }

  @Test
  void bearer_file_that_is_no_path_is_refused() {
    assertThatThrownBy(() -> create(Map.of("HOOKBUS_HTTP_BEARER_FILE", SECRET + "\0")))
        .hasMessage("HOOKBUS_HTTP_BEARER_FILE must be a path");
  }

  @Test
  void documented_flags_are_all_tried_here() throws Exception {
    Set<String> tried = new TreeSet<>();
    refused().forEach(arguments -> tried.add((String) arguments.get()[0]));
    // Any text is a list of hosts; the other two have tests of their own.
    tried.addAll(List.of("NO_PROXY", "HOOKBUS_HTTP_CLIENT_KEY", "HOOKBUS_HTTP_BEARER_FILE"));

    assertThat(tried).isEqualTo(documented());
  }

  private static Set<String> documented() throws IOException {
    String text = Files.readString(DOCUMENT);
    String table = text.substring(text.indexOf("## Settings"), text.indexOf("## Headers"));
    Set<String> flags = new TreeSet<>();
    for (String line : table.lines().filter(row -> row.startsWith("| `")).toList()) {
      Matcher names = Pattern.compile("`([A-Z0-9_]+)`").matcher(line.split("\\|", -1)[1]);
      while (names.find()) {
        flags.add(names.group(1));
      }
    }
    return flags;
  }

  @Test
  void switches_do_what_they_say() {
    deliver(Map.of("HOOKBUS_HTTP_PROFILE", "Bridge_Batch", "HOOKBUS_HTTP_GZIP", "off"), 20);
    assertThat(last().header("Content-Encoding")).isNull();

    deliver(Map.of("HOOKBUS_HTTP_PROFILE", "bridge-batch", "HOOKBUS_HTTP_NDJSON", "yes"), 20);
    assertThat(last().header("Content-Encoding")).isEqualTo("gzip");
    assertThat(last().header("Content-Type")).isEqualTo("application/x-ndjson");

    deliver(Map.of("HOOKBUS_HTTP_PROFILE", "otlp", "HOOKBUS_OTLP_DATA", "1"), 1);
    assertThat(last().body()).contains("hookbus.data");
    deliver(Map.of("HOOKBUS_HTTP_PROFILE", "otlp"), 1);
    assertThat(last().body()).doesNotContain("hookbus.data");

    receiver.answer(403);
    assertThat(deliver(Map.of("HOOKBUS_HTTP_RETRY_AUTH", "true"), 1).firstRetry()).isNotNull();
    assertThat(deliver(Map.of(), 1).firstRetry()).isNull();

    receiver.answer(500);
    Map<String, String> patient =
        Map.of("HOOKBUS_HTTP_PROFILE", "otlp", "HOOKBUS_OTLP_RETRY_ERRORS", "1");
    assertThat(deliver(patient, 1).firstRetry()).isNotNull();
  }

  @Test
  void limits_are_those_of_the_flags() {
    try (Sink sink =
        create(Map.of("HOOKBUS_HTTP_BATCH_EVENTS", "7", "HOOKBUS_HTTP_BATCH_BYTES", "4096"))) {
      assertThat(sink.limits().maxEvents()).isEqualTo(7);
      assertThat(sink.limits().maxBytes()).isEqualTo(4096);
    }
    OutboxEvent large = Events.of(Events.FACTORY.decision("large", "x".repeat(1900)));
    try (Sink sink = create(with(Map.of("HOOKBUS_HTTP_MAX_EVENT_BYTES", "1024")))) {
      assertThat(sink.deliver(List.of(large)).outcomes())
          .containsExactly(DeliveryOutcome.dead("larger than 1024 bytes"));
    }
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void credentials_of_the_flags_are_sent() throws Exception {
    Path token = Files.writeString(dir.resolve("token"), "t0ken\n");

    deliver(
        Map.of(
            "ZO_API_KEY", "k3y",
            "HOOKBUS_HTTP_BEARER_FILE", token.toString(),
            "HOOKBUS_HTTP_HMAC_SECRET", "s3cret"),
        1);

    assertThat(last().header("X-API-Key")).isEqualTo("k3y");
    assertThat(last().header("Authorization")).isEqualTo("Bearer t0ken");
    assertThat(last().header("X-Signature")).hasSize(64);
  }

  @Test
  void agent_of_the_flag_is_named_to_leanvibe() {
    String agent = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    deliver(Map.of("HOOKBUS_HTTP_PROFILE", "leanvibe", "LEANVIBE_AGENT_ID", agent), Events.error());

    assertThat(last().body()).contains("\"agent_id\":\"" + agent + "\"");
  }

  @Test
  void tls_of_the_flags_is_used() throws Exception {
    Identity server = Identity.create(dir, "flags-server");
    Identity own = Identity.create(dir, "flags-own");
    try (Receiver secured = Receiver.startTls(server.context(own), true)) {
      Map<String, String> flags =
          new HashMap<>(
              Map.of(
                  "ZO_EVENT_ENDPOINT", secured.uri("/").toString(),
                  "HOOKBUS_HTTP_CA_FILE", server.certificatePem().toString(),
                  "HOOKBUS_HTTP_CLIENT_CERT", own.certificatePem().toString(),
                  "HOOKBUS_HTTP_CLIENT_KEY", own.keyPem().toString(),
                  "BRIDGE_CERT_SHA256", server.sha256()));
      try (Sink sink = create(flags)) {
        assertThat(sink.deliver(Events.many(1))).isEqualTo(DeliveryReport.allDelivered(1));
      }
      flags.put("BRIDGE_CERT_SHA256", own.sha256());
      try (Sink sink = create(flags)) {
        assertThat(sink.deliver(Events.many(1)).firstRetry()).isNotNull();
      }
    }
  }

  @Test
  void proxy_of_the_flags_is_used_but_for_hosts_that_are_excepted() {
    Map<String, String> flags = new HashMap<>();
    flags.put("ZO_EVENT_ENDPOINT", "http://receiver.invalid/ingest");
    flags.put("HTTP_PROXY", "http://localhost:" + receiver.port());
    try (Sink sink = create(flags)) {
      assertThat(sink.deliver(Events.many(1))).isEqualTo(DeliveryReport.allDelivered(1));
    }
    assertThat(receiver.onlyRequest().path()).isEqualTo("http://receiver.invalid/ingest");

    flags.put("NO_PROXY", ".invalid");
    try (Sink sink = create(flags)) {
      assertThat(sink.deliver(Events.many(1)).firstRetry()).isNotNull();
    }
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void timeouts_of_the_flags_end_a_wait_for_an_answer() throws Exception {
    try (FaultProxy network = new FaultProxy(receiver.port())) {
      network.inject(FaultProxy.Fault.BLACK_HOLE);
      assertTimesOut(network, "HOOKBUS_HTTP_REQUEST_TIMEOUT_MS");
      assertTimesOut(network, "HOOKBUS_HTTP_TOTAL_TIMEOUT_MS");
      network.inject(FaultProxy.Fault.SLOW_DRIP);
      assertTimesOut(network, "HOOKBUS_HTTP_TOTAL_TIMEOUT_MS");
    }
  }

  /** All other timeouts are an hour, so only this one can end it within the test's own. */
  private static void assertTimesOut(FaultProxy network, String flag) {
    Map<String, String> flags = new HashMap<>();
    for (String each : List.of("CONNECT", "REQUEST", "TOTAL")) {
      flags.put("HOOKBUS_HTTP_" + each + "_TIMEOUT_MS", "3600000");
    }
    flags.put("ZO_EVENT_ENDPOINT", network.uri("/").toString());
    flags.put(flag, "300");
    try (Sink sink = create(flags)) {
      assertThat(sink.deliver(Events.many(1)).firstRetry().reason())
          .isEqualTo("HttpTimeoutException");
    }
  }

  private DeliveryReport deliver(Map<String, String> flags, int events) {
    return deliver(flags, Events.many(events).toArray(OutboxEvent[]::new));
  }

  private DeliveryReport deliver(Map<String, String> flags, OutboxEvent... events) {
    try (Sink sink = create(with(flags))) {
      return sink.deliver(List.of(events));
    }
  }

  private Map<String, String> with(Map<String, String> flags) {
    Map<String, String> all = new HashMap<>(flags);
    all.put("ZO_EVENT_ENDPOINT", receiver.uri("/").toString());
    return all;
  }

  private Receiver.Request last() {
    List<Receiver.Request> requests = receiver.requests();
    return requests.get(requests.size() - 1);
  }

  private static Sink create(Map<String, String> flags) {
    return new HttpSinkProvider().create(SinkSettings.of(flags::get));
  }
}
