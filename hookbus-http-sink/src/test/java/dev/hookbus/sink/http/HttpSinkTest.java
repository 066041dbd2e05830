package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkConfigurationException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSinkTest {
  private static final String KEY = "k3y" + "-0123456789";

  @TempDir Path dir;
  private Receiver receiver;

  @BeforeEach
  void start() throws Exception {
    receiver = Receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void bridge_gets_the_recorded_envelope_with_a_fixed_length() {
    OutboxEvent event = Events.one();

    to("/ingest").apiKey(KEY).build().deliver(List.of(event));

    Receiver.Request request = receiver.onlyRequest();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/ingest");
    assertThat(request.body()).isEqualTo(event.json());
    assertThat(request.header("Content-Length")).isEqualTo("" + event.utf8().length);
    assertThat(request.header("Transfer-Encoding")).isNull();
    assertThat(request.header("Content-Encoding")).isNull();
    assertThat(request.header("Upgrade")).isNull();
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("X-API-Key")).isEqualTo(KEY);
    assertThat(request.header("Idempotency-Key")).isEqualTo(event.eventId());
    assertThat(request.header("traceparent")).isEqualTo(Events.TRACEPARENT);
    assertThat(request.header("User-Agent")).startsWith("hookbus/");
  }

  @ParameterizedTest
  @CsvSource({
    "200, delivered",
    "201, delivered",
    "202, delivered",
    "204, delivered",
    "409, delivered",
    "400, dead",
    "401, dead",
    "403, dead",
    "404, dead",
    "405, dead",
    "413, dead",
    "422, dead",
    "408, retry",
    "425, retry",
    "429, retry",
    "500, retry",
    "502, retry",
    "503, retry",
    "504, retry",
    "302, retry",
  })
  void status_of_the_bridge_is_classified(int status, String expected) {
    receiver.answer(
        request -> new Receiver.Reply(status, "", java.util.Map.of("Location", "/other")));

    assertThat(outcome(to("/ingest").build())).isEqualTo(expected);
    assertThat(receiver.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "200, delivered",
    "429, retry",
    "502, retry",
    "503, retry",
    "504, retry",
    "500, dead",
    "501, dead",
    "408, dead",
    "400, dead",
  })
  void status_of_a_collector_is_classified_by_its_protocol(int status, String expected) {
    receiver.answer(status);

    assertThat(outcome(to("/v1/logs").profile(HttpProfile.OTLP).build())).isEqualTo(expected);
  }

  @Test
  void knobs_turn_dead_into_retry() {
    receiver.answer(500);
    assertThat(outcome(to("/").profile(HttpProfile.OTLP).otlpRetryAllServerErrors(true).build()))
        .isEqualTo("retry");
    receiver.answer(401);
    assertThat(outcome(to("/").retryRejectedCredentials(true).build())).isEqualTo("retry");
  }

  @Test
  void receivers_pause_is_passed_on() {
    receiver.answer(request -> Receiver.Reply.of(429).with("Retry-After", "17"));

    DeliveryReport report = to("/").build().deliver(Events.many(3));

    assertThat(report.retryAfter()).isEqualTo(Duration.ofSeconds(17));
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void pause_until_a_date_is_passed_on() {
    receiver.answer(
        request -> Receiver.Reply.of(503).with("Retry-After", "Thu, 29 Jan 2026 10:00:31 GMT"));

    DeliveryReport report =
        to("/").clock(InstantSource.fixed(Events.NOW)).build().deliver(Events.many(1));

    assertThat(report.retryAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void singles_stop_at_the_first_that_must_wait_and_go_past_the_dead() {
    List<OutboxEvent> batch = Events.many(4);
    receiver.answer(
        request ->
            Receiver.Reply.of(
                request.body().contains("choice 1")
                    ? 400
                    : request.body().contains("choice 2") ? 503 : 201));

    DeliveryReport report = to("/").build().deliver(batch);

    assertThat(report.outcomes())
        .containsExactly(
            DeliveryOutcome.delivered(),
            DeliveryOutcome.dead("HTTP 400"),
            DeliveryOutcome.retry("HTTP 503"),
            DeliveryOutcome.retry("not attempted"));
    assertThat(receiver.requests()).hasSize(3);
  }

  @Test
  void poison_in_a_batch_is_isolated_by_splitting() {
    List<OutboxEvent> batch = Events.many(16);
    receiver.answer(
        request -> Receiver.Reply.of(request.body().contains("choice 11\"") ? 422 : 200));

    DeliveryReport report = batchSink().deliver(batch);

    for (int i = 0; i < 16; i++) {
      assertThat(report.outcomes().get(i))
          .isEqualTo(i == 11 ? DeliveryOutcome.dead("HTTP 422") : DeliveryOutcome.delivered());
    }
    assertThat(receiver.requests()).hasSizeLessThan(12);
  }

  @Test
  void batch_that_is_too_large_is_split() {
    receiver.answer(request -> Receiver.Reply.of(request.body().length() > 2000 ? 413 : 200));

    assertThat(batchSink().deliver(Events.many(9))).isEqualTo(DeliveryReport.allDelivered(9));
  }

  @Test
  void batch_answer_names_the_rejected_events() {
    List<OutboxEvent> batch = Events.many(3);
    receiver.answer(
        request ->
            Receiver.Reply.of(
                200,
                "{\"x\":[{\"y\":1}],\"rejected\":[{\"id\":\"%s\",\"reason\":\"too\\nold\"}]}"
                    .formatted(batch.get(1).eventId())));

    assertThat(batchSink().deliver(batch).outcomes())
        .containsExactly(
            DeliveryOutcome.delivered(),
            DeliveryOutcome.dead("too old"),
            DeliveryOutcome.delivered());
  }

  @Test
  void multi_status_without_an_answer_for_an_event_means_retry() {
    List<OutboxEvent> batch = Events.many(3);
    receiver.answer(
        request ->
            Receiver.Reply.of(
                207,
                "{\"accepted\":[\"%s\"],\"duplicate\":[\"%s\"]}"
                    .formatted(batch.get(0).eventId(), batch.get(1).eventId())));

    DeliveryReport report = batchSink().deliver(batch);

    assertThat(report.settledPrefix()).isEqualTo(2);
    assertThat(report.firstRetry()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "not json", "[]", "{\"rejected\":5}", "{\"rejected\":[1,[],{}]}", "{"})
  void batch_answer_of_another_form_leaves_the_word_to_the_status(String body) {
    receiver.answer(request -> Receiver.Reply.of(200, body));

    assertThat(batchSink().deliver(Events.many(2))).isEqualTo(DeliveryReport.allDelivered(2));
  }

  @Test
  void batch_is_compressed_and_keyed_by_its_events() {
    List<OutboxEvent> batch = Events.many(20);
    Sink sink = batchSink();

    sink.deliver(batch);
    sink.deliver(batch);
    sink.deliver(Events.many(20));

    assertThat(receiver.requests())
        .allSatisfy(r -> assertThat(r.header("Content-Encoding")).isEqualTo("gzip"))
        .allSatisfy(r -> assertThat(r.raw().length).isLessThan(r.body().length() / 2));
    List<String> keys = receiver.requests().stream().map(r -> r.header("Idempotency-Key")).toList();
    assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2)).hasSize(32);
  }

  @Test
  void batch_can_be_ndjson() {
    OutboxEvent pretty = new OutboxEvent(1, "id", "progress", "{\n\"a\": 1\r\n}", null, Events.NOW);

    to("/").profile(HttpProfile.BRIDGE_BATCH).ndjson(true).build().deliver(List.of(pretty, pretty));

    assertThat(receiver.onlyRequest().header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(receiver.onlyRequest().body()).isEqualTo("{ \"a\": 1  }\n{ \"a\": 1  }\n");
    assertThat(receiver.onlyRequest().header("traceparent")).isNull();
  }

  @Test
  void event_larger_than_the_receiver_takes_is_dead_without_being_sent() {
    List<OutboxEvent> batch = new ArrayList<>(Events.many(1));
    batch.add(Events.of(Events.FACTORY.decision("big", "x".repeat(5000))));

    DeliveryReport report = to("/").maxEventBytes(2000).build().deliver(batch);

    assertThat(report.outcomes())
        .containsExactly(
            DeliveryOutcome.delivered(), DeliveryOutcome.dead("larger than 2000 bytes"));
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void signature_covers_time_and_body_as_sent() throws Exception {
    to("/")
        .profile(HttpProfile.BRIDGE_BATCH)
        .hmacSecret(KEY)
        .clock(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)))
        .build()
        .deliver(Events.many(20));

    Receiver.Request request = receiver.onlyRequest();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update("1700000000.".getBytes(StandardCharsets.UTF_8));
    assertThat(request.header("X-Timestamp")).isEqualTo("1700000000");
    assertThat(request.header("X-Signature"))
        .isEqualTo(HexFormat.of().formatHex(mac.doFinal(request.raw())));
  }

  @Test
  void bearer_token_is_read_again_when_its_file_changes() throws Exception {
    Path token = Files.writeString(dir.resolve("token"), "first\n");
    Sink sink = to("/").bearerTokenFile(token).build();

    sink.deliver(Events.many(1));
    Files.writeString(token, "other\n");
    Files.setLastModifiedTime(token, FileTime.from(Instant.now().plusSeconds(5)));
    sink.deliver(Events.many(1));
    Files.delete(token);
    DeliveryReport report = sink.deliver(Events.many(1));

    assertThat(receiver.requests())
        .extracting(r -> r.header("Authorization"))
        .containsExactly("Bearer first", "Bearer other");
    assertThat(report.firstRetry().reason()).isEqualTo("the bearer token's file can't be read");
  }

  @Test
  void token_file_that_holds_no_token_means_retry_and_is_not_quoted() throws Exception {
    Path token = Files.writeString(dir.resolve("token"), "hunter2\nhunter3");

    DeliveryReport report = to("/").bearerTokenFile(token).build().deliver(Events.many(1));

    assertThat(report.firstRetry().reason())
        .isEqualTo("the bearer token's file does not hold one token");
    assertThat(report.toString()).doesNotContain("hunter");
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void credentials_are_in_no_text_about_the_sink() {
    HttpSink.Builder builder = to("/").apiKey(KEY).hmacSecret(KEY);
    receiver.answer(request -> Receiver.Reply.of(400, "bad key " + KEY));
    Sink sink = builder.build();

    DeliveryReport report = sink.deliver(Events.many(1));

    assertThat(sink + " " + builder + " " + report).doesNotContain(KEY);
    assertThatThrownBy(() -> to("/").apiKey(KEY + "\n"))
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessage("apiKey must be printable ASCII and not empty");
    assertThatThrownBy(() -> HttpSink.to(URI.create("http://u:" + KEY + "@localhost")).build())
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessage("endpoint must not hold credentials");
  }

  @Test
  void redirect_is_not_followed() {
    receiver.answer(request -> Receiver.Reply.of(307).with("Location", "/elsewhere"));

    to("/").apiKey(KEY).build().deliver(Events.many(1));

    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void endless_answer_is_read_only_so_far() {
    receiver.answer(request -> Receiver.Reply.of(201, "x".repeat(3_000_000)));

    assertThat(to("/").build().deliver(Events.many(2))).isEqualTo(DeliveryReport.allDelivered(2));
  }

  @Test
  void proxy_is_used() throws Exception {
    Sink sink =
        HttpSink.to(URI.create("http://receiver.invalid/ingest"))
            .proxy(URI.create("http://localhost:" + receiver.port()))
            .build();

    assertThat(sink.deliver(Events.many(1))).isEqualTo(DeliveryReport.allDelivered(1));
    assertThat(receiver.onlyRequest().path()).isEqualTo("http://receiver.invalid/ingest");
  }

  @Test
  void settings_that_cannot_work_are_refused() {
    for (URI endpoint : List.of(URI.create("ftp://x"), URI.create("/x"), URI.create("http:///x"))) {
      assertThatThrownBy(() -> HttpSink.to(endpoint).build())
          .isInstanceOf(SinkConfigurationException.class);
    }
    assertThatThrownBy(() -> to("/").totalTimeout(Duration.ZERO)).hasMessageContaining("total");
    assertThatThrownBy(() -> to("/").maxBatchEvents(0)).hasMessageContaining("maxBatchEvents");
    assertThatThrownBy(() -> to("/").proxy(URI.create("socks://x:1")))
        .hasMessageContaining("proxy");
    assertThatThrownBy(() -> to("/").leanVibeAgentId("x")).hasMessageContaining("UUID");
    assertThatThrownBy(() -> to("/").certificatePin("abc")).hasMessageContaining("64 hex");
    assertThatThrownBy(() -> to("/").trustedCertificates(dir.resolve("missing")).build())
        .isInstanceOf(SinkConfigurationException.class);
  }

  private HttpSink.Builder to(String path) {
    return HttpSink.to(receiver.uri(path));
  }

  private Sink batchSink() {
    return to("/").profile(HttpProfile.BRIDGE_BATCH).build();
  }

  private static String outcome(Sink sink) {
    DeliveryOutcome outcome = sink.deliver(Events.many(1)).outcomes().get(0);
    if (outcome instanceof DeliveryOutcome.Delivered) {
      return "delivered";
    }
    return outcome instanceof DeliveryOutcome.Dead ? "dead" : "retry";
  }
}
