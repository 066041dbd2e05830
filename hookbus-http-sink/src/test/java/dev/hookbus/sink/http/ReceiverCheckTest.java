package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.install.Diagnosis;
import dev.hookbus.install.Diagnosis.Level;
import dev.hookbus.install.Doctor;
import dev.hookbus.sink.ReceiverCheck;
import dev.hookbus.sink.ReceiverCheck.State;
import dev.hookbus.sink.Sink;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiverCheckTest {
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

  private ReceiverCheck check(HttpSink.Builder settings) {
    try (Sink sink = settings.build()) {
      return sink.check();
    }
  }

  private HttpSink.Builder sink() {
    return HttpSink.to(receiver.uri("/ingest"));
  }

  @ParameterizedTest
  @CsvSource({
    "201, READY",
    "202, READY",
    "400, READY",
    "409, READY",
    "422, READY",
    "401, UNAUTHORIZED",
    "403, UNAUTHORIZED",
    "301, MISPLACED",
    "404, MISPLACED",
    "405, MISPLACED",
    "429, UNWELL",
    "500, UNWELL",
    "503, UNWELL"
  })
  void status_tells_how_the_receiver_stands(int status, State state) {
    receiver.answer(status);

    ReceiverCheck check = check(sink());

    assertThat(check.state()).isEqualTo(state);
    assertThat(check.detail()).isEqualTo("HTTP " + status);
    assertThat(check.roundTrip()).isPositive();
    assertThat(check.receiver()).isEqualTo(receiver.uri("/ingest").toString());
  }

  @Test
  void credentials_go_along_and_no_event_does() {
    check(sink().apiKey(KEY).hmacSecret("secret"));

    Receiver.Request request = receiver.onlyRequest();
    assertThat(request.header("X-API-Key")).isEqualTo(KEY);
    assertThat(request.header("X-Signature")).isNotNull();
    assertThat(request.body()).doesNotContain("event_id");
  }

  @ParameterizedTest
  @EnumSource(HttpProfile.class)
  void every_dialect_has_a_body_without_events(HttpProfile profile) {
    assertThat(check(sink().profile(profile)).state()).isEqualTo(State.READY);

    assertThat(receiver.onlyRequest().body())
        .isIn(
            "{\"schema_version\":\"0\"}",
            "[]",
            "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                + "\"value\":{\"stringValue\":\"hookbus\"}}]},\"scopeLogs\":[{\"scope\":"
                + "{\"name\":\"dev.hookbus\"},\"logRecords\":[]}]}]}");
  }

  @Test
  void original_bridge_stores_nothing_and_judges_the_key() throws Exception {
    try (Bridge bridge = Bridge.start(KEY, 1 << 20)) {
      URI ingest = bridge.uri("/ingest");

      assertThat(check(HttpSink.to(ingest).apiKey(KEY)).state()).isEqualTo(State.READY);
      assertThat(check(HttpSink.to(ingest).apiKey("other")).state()).isEqualTo(State.UNAUTHORIZED);
      assertThat(check(HttpSink.to(ingest)).state()).isEqualTo(State.UNAUTHORIZED);
      assertThat(bridge.stored()).isEmpty();
    }
  }

  @Test
  void clock_is_compared_with_the_receivers() {
    InstantSource fast = () -> Instant.now().plus(Duration.ofHours(1));

    assertThat(check(sink()).clockOffset()).isBetween(minutes(-1), minutes(1));
    assertThat(check(sink().clock(fast)).clockOffset()).isBetween(minutes(-61), minutes(-59));
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  @Test
  void nobody_there_is_told_without_the_address_of_a_secret() {
    receiver.close();

    ReceiverCheck check = check(HttpSink.to(receiver.uri("/ingest?key=" + KEY)));

    assertThat(check.state()).isEqualTo(State.AWAY);
    assertThat(check.toString()).contains("/ingest").doesNotContain(KEY);
  }

  /** By the command that people type, with the settings that the installer writes. */
  @Test
  void doctor_asks_by_the_settings_in_the_environment_file() throws Exception {
    receiver.answer(
        request -> Receiver.Reply.of(KEY.equals(request.header("X-API-Key")) ? 400 : 401));

    assertThat(diagnose("HOOKBUS_SINKS=http", "ZO_API_KEY=" + KEY))
        .anyMatch(f -> f.level() == Level.OK && f.what().contains("accepts the key"));
    List<Diagnosis> refused = diagnose("HOOKBUS_SINKS=http", "ZO_API_KEY=wrong" + KEY);
    assertThat(refused)
        .anyMatch(f -> f.level() == Level.PROBLEM && f.remedy().contains("ZO_API_KEY"));
    assertThat(refused.toString()).doesNotContain(KEY);
    assertThat(diagnose("HOOKBUS_SINKS=http", "HOOKBUS_HTTP_GZIP=perhaps"))
        .anyMatch(f -> f.level() == Level.PROBLEM && f.what().contains("HOOKBUS_HTTP_GZIP"));
    receiver.close();
    assertThat(diagnose("HOOKBUS_SINKS=http"))
        .anyMatch(f -> f.level() == Level.PROBLEM && f.what().contains("reaches nobody"));
  }

  private List<Diagnosis> diagnose(String... lines) throws Exception {
    Files.writeString(
        dir.resolve(".env"),
        String.join("\n", lines) + "\nZO_EVENT_ENDPOINT=" + receiver.uri("/ingest") + "\n");
    return Doctor.of(dir, dir.resolve("settings.json"), List.of()).examine();
  }
}
