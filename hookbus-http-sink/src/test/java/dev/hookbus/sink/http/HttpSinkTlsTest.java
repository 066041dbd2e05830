package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.SinkConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSinkTlsTest {
  @TempDir static Path dir;
  private static Identity server;
  private static Identity client;
  private static Identity stranger;

  @BeforeAll
  static void makeIdentities() throws Exception {
    server = Identity.create(dir, "server");
    client = Identity.create(dir, "client");
    stranger = Identity.create(dir, "stranger");
  }

  @Test
  void platform_does_not_trust_a_private_authority() throws Exception {
    try (Receiver receiver = Receiver.startTls(server.context(client), false)) {
      DeliveryReport report = HttpSink.to(receiver.uri("/")).build().deliver(Events.many(1));

      assertThat(report.firstRetry().reason()).startsWith("SSL");
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @Test
  void trusted_certificate_is_enough() throws Exception {
    try (Receiver receiver = Receiver.startTls(server.context(client), false)) {
      assertThat(trusting(receiver).build().deliver(Events.many(1)))
          .isEqualTo(DeliveryReport.allDelivered(1));
    }
  }

  @Test
  void client_shows_its_certificate() throws Exception {
    try (Receiver receiver = Receiver.startTls(server.context(client), true)) {
      assertThat(trusting(receiver).build().deliver(Events.many(1)).settledPrefix()).isZero();
      assertThat(
              trusting(receiver)
                  .clientCertificate(stranger.certificatePem(), stranger.keyPem())
                  .build()
                  .deliver(Events.many(1))
                  .settledPrefix())
          .isZero();
      assertThat(
              trusting(receiver)
                  .clientCertificate(client.certificatePem(), client.keyPem())
                  .build()
                  .deliver(Events.many(1)))
          .isEqualTo(DeliveryReport.allDelivered(1));
    }
  }

  @Test
  void only_the_pinned_certificate_is_accepted() throws Exception {
    try (Receiver receiver = Receiver.startTls(server.context(client), false)) {
      assertThat(trusting(receiver).certificatePin(server.sha256()).build().deliver(Events.many(1)))
          .isEqualTo(DeliveryReport.allDelivered(1));
      assertThat(
              trusting(receiver)
                  .certificatePin(stranger.sha256())
                  .build()
                  .deliver(Events.many(1))
                  .settledPrefix())
          .isZero();
      assertThat(receiver.accepted()).hasSize(1);
    }
  }

  @Test
  void key_that_does_not_fit_is_refused_without_being_quoted() throws Exception {
    Path noKey = Files.writeString(dir.resolve("nokey.pem"), "hunter2");

    assertThatThrownBy(
            () ->
                HttpSink.to(java.net.URI.create("https://localhost"))
                    .clientCertificate(client.certificatePem(), noKey)
                    .build())
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessageStartingWith("clientKey")
        .hasMessageNotContaining("hunter2");
  }

  private static HttpSink.Builder trusting(Receiver receiver) {
    return HttpSink.to(receiver.uri("/")).trustedCertificates(server.certificatePem());
  }
}
