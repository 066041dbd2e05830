package dev.hookbus.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookbus.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What hosts really send, one sample of each kind. */
public final class Payloads {

  private Payloads() {}

  public record Sample(String host, String event, String variant, JsonValue payload) {

    AgentHost agentHost() {
      return AgentHost.ofFlag(host);
    }

    HookEvent read() {
      return HookEvent.read(agentHost(), payload.toString().getBytes(UTF_8));
    }

    @Override
    public String toString() {
      return host + " " + event + (variant.isEmpty() ? "" : ": " + variant);
    }
  }

  public static List<Sample> all() {
    try (InputStream in = Payloads.class.getResourceAsStream("/hook-payloads.jsonl")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(JsonValue::parse)
          .map(
              line ->
                  new Sample(
                      line.text("host"),
                      line.text("event"),
                      line.text("variant"),
                      line.get("payload")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<Sample> of(String... hosts) {
    return all().stream().filter(sample -> List.of(hosts).contains(sample.host())).toList();
  }

  /** The first sample of an event of Claude Code. */
  public static Sample claude(String event) {
    return of("claude-code").stream()
        .filter(sample -> sample.event().equals(event))
        .findFirst()
        .orElseThrow();
  }
}
