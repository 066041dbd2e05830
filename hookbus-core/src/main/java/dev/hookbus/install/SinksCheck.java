package dev.hookbus.install;

import dev.hookbus.sink.ReceiverCheck;
import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.sink.SinkSettings;
import dev.hookbus.sink.Sinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Asks the receivers of events whether they would take some, as the sinks themselves would. */
final class SinksCheck {

  /** Timestamps of machines that are further apart tell no order any more. */
  private static final Duration TOLERATED_SKEW = Duration.ofSeconds(30);

  private final List<Diagnosis> findings = new ArrayList<>();

  private SinksCheck() {}

  /** The names in the value of {@code HOOKBUS_SINKS}. */
  static Set<String> names(@Nullable String flag) {
    Set<String> names = new LinkedHashSet<>();
    StringTokenizer listed = new StringTokenizer(flag == null ? "" : flag, ", ");
    while (listed.hasMoreTokens()) {
      names.add(listed.nextToken());
    }
    return names;
  }

  static List<Diagnosis> of(Set<String> names, SinkSettings settings) {
    SinksCheck check = new SinksCheck();
    for (String name : names) {
      check.sink(name, settings);
    }
    return check.findings;
  }

  private void sink(String name, SinkSettings settings) {
    try {
      for (Sink sink : Sinks.named(List.of(name), settings)) {
        try (sink) {
          ReceiverCheck receiver = sink.check();
          if (receiver != null) {
            receiver(name, receiver, settings.text("ZO_API_KEY") != null);
            clock(receiver);
          }
        }
      }
    } catch (SinkConfigurationException e) {
      findings.add(
          Diagnosis.problem(
              "the sink " + name + " can't be made: " + e.getMessage(),
              ".env",
              "correct it there"));
    }
  }

  private void receiver(String name, ReceiverCheck receiver, boolean hasKey) {
    Duration roundTrip = receiver.roundTrip();
    String seen = receiver.detail().isEmpty() ? "" : " (" + receiver.detail() + ")";
    findings.add(
        switch (receiver.state()) {
          case READY ->
              Diagnosis.ok(
                  "the sink "
                      + name
                      + " takes events"
                      + (hasKey && roundTrip != null ? " and accepts the key" : "")
                      + (roundTrip == null ? "" : ", in " + roundTrip.toMillis() + " ms"),
                  receiver.receiver());
          case UNAUTHORIZED ->
              Diagnosis.problem(
                  "the receiver does not accept the key" + seen,
                  receiver.receiver(),
                  "correct ZO_API_KEY or the credentials beside it in .env");
          case MISPLACED ->
              Diagnosis.problem(
                  "somebody answers, but takes no events there" + seen,
                  receiver.receiver(),
                  "correct ZO_EVENT_ENDPOINT in .env, its path above all");
          case UNWELL ->
              Diagnosis.warning(
                  "the receiver can't take events now" + seen + "; they wait until it can",
                  receiver.receiver(),
                  "read the receiver's log; if it never can, choose its HOOKBUS_HTTP_PROFILE");
          case AWAY ->
              Diagnosis.problem(
                  "the sink " + name + " reaches nobody" + seen + "; events wait until it does",
                  receiver.receiver(),
                  roundTrip == null && name.equals("jsonl")
                      ? "change the rights, or ZO_EVENT_LOG_DIR in .env"
                      : "start the receiver, or correct ZO_EVENT_ENDPOINT in .env");
        });
  }

  private void clock(ReceiverCheck receiver) {
    Duration offset = receiver.clockOffset();
    if (offset != null && offset.abs().compareTo(TOLERATED_SKEW) > 0) {
      findings.add(
          Diagnosis.warning(
              "this machine's clock is "
                  + offset.abs().toSeconds()
                  + " s "
                  + (offset.isNegative() ? "ahead of" : "behind")
                  + " the receiver's; events carry wrong times, and signatures may be refused",
              receiver.receiver(),
              "let the machine set its clock by the network, with chrony for example"));
    }
  }
}
