package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import dev.hookbus.sink.Sink;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class HttpSinkFaultTest {
  private Receiver receiver;
  private FaultProxy network;
  private Sink sink;

  @BeforeEach
  void start() throws Exception {
    receiver = Receiver.start();
    network = new FaultProxy(receiver.port());
    sink =
        HttpSink.to(network.uri("/ingest"))
            .requestTimeout(Duration.ofSeconds(2))
            .totalTimeout(Duration.ofSeconds(3))
            .build();
  }

  @AfterEach
  void stop() throws Exception {
    sink.close();
    network.close();
    receiver.close();
  }

  @ParameterizedTest
  @EnumSource(value = FaultProxy.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void any_fault_of_the_network_means_retry_and_the_next_attempt_delivers(FaultProxy.Fault fault) {
    List<OutboxEvent> batch = Events.many(2);
    network.inject(fault);

    DeliveryReport broken = sink.deliver(batch);
    network.inject(FaultProxy.Fault.NONE);
    DeliveryReport repaired = sink.deliver(batch);

    assertThat(broken.outcomes())
        .hasSize(2)
        .allSatisfy(o -> assertThat(o).isInstanceOf(DeliveryOutcome.Retry.class));
    assertThat(repaired).isEqualTo(DeliveryReport.allDelivered(2));
    assertThat(receiver.requests().stream().map(Receiver.Request::body).distinct())
        .containsExactly(batch.get(0).json(), batch.get(1).json());
  }

  @Test
  void connection_closed_while_idle_costs_no_attempt() throws Exception {
    sink = HttpSink.to(network.uri("/ingest")).build();
    for (int i = 0; i < 20; i++) {
      assertThat(sink.deliver(Events.many(1))).isEqualTo(DeliveryReport.allDelivered(1));
      network.resetConnections();
    }

    // The reset may overtake a request, and then it comes twice.
    assertThat(receiver.accepted().stream().map(Receiver.Request::body).distinct()).hasSize(20);
    assertThat(network.connections()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void connections_are_kept_alive() {
    sink.deliver(Events.many(20));
    sink.deliver(Events.many(20));

    assertThat(receiver.accepted()).hasSize(40);
    assertThat(network.connections()).isEqualTo(1);
  }

  @Test
  void nobody_listening_means_retry() throws Exception {
    URI nowhere = network.uri("/ingest");
    network.close();

    DeliveryReport report = HttpSink.to(nowhere).build().deliver(Events.many(2));

    assertThat(report.settledPrefix()).isZero();
    assertThat(report.firstRetry().reason()).isEqualTo("ConnectException");
  }

  @Test
  void name_that_does_not_resolve_means_retry() {
    Sink lost = HttpSink.to(URI.create("http://receiver.invalid/ingest")).build();

    assertThat(lost.deliver(Events.many(1)).firstRetry()).isNotNull();
  }

  @Test
  void storm_of_refusals_settles_nothing_and_loses_nothing() {
    List<OutboxEvent> batch = Events.many(5);
    for (int i = 0; i < 30; i++) {
      int status = i % 2 == 0 ? 429 : 503;
      receiver.answer(request -> Receiver.Reply.of(status).with("Retry-After", "1"));
      assertThat(sink.deliver(batch).settledPrefix()).isZero();
    }
    receiver.answer(201);

    assertThat(sink.deliver(batch)).isEqualTo(DeliveryReport.allDelivered(5));
    assertThat(receiver.requests()).hasSize(35);
  }
}
