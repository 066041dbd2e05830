package dev.hookbus.examples.pack;

import dev.hookbus.host.AgentHost;
import dev.hookbus.host.HookEvent;
import dev.hookbus.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What hosts really send, one sample of each kind. */
final class Samples {

  record Sample(String host, String event, String variant, String payload) {

    HookEvent read() {
      return HookEvent.read(AgentHost.CLAUDE_CODE, payload.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final Path RESOURCES = Path.of("../../hookbus-core/src/test/resources");

  private Samples() {}

  static List<Sample> all() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (String line : Files.readAllLines(RESOURCES.resolve("hook-payloads.jsonl"))) {
      JsonValue json = JsonValue.parse(line);
      samples.add(
          new Sample(
              json.text("host"),
              json.text("event"),
              json.text("variant"),
              json.get("payload").toString()));
    }
    return samples;
  }

  static Sample claude(String event, String variant) throws IOException {
    return all().stream()
        .filter(sample -> sample.host().equals("claude-code"))
        .filter(sample -> sample.event().equals(event) && sample.variant().startsWith(variant))
        .findFirst()
        .orElseThrow();
  }

  /** The valid envelope of a type. */
  static JsonValue envelope(String type) throws IOException {
    Path file = RESOURCES.resolve("dev/hookbus/event/events-v1.json");
    return JsonValue.parse(Files.readAllBytes(file)).items().stream()
        .filter(envelope -> type.equals(envelope.text("event_type")))
        .findFirst()
        .orElseThrow();
  }
}
