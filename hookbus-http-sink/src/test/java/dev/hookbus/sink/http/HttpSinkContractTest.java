package dev.hookbus.sink.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkContractTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Every profile keeps the sinks' contract. */
class HttpSinkContractTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  abstract static class OfProfile extends SinkContractTest {
    private final Receiver receiver;

    OfProfile() throws Exception {
      receiver = Receiver.start();
    }

    @AfterEach
    void stop() {
      receiver.close();
    }

    abstract HttpProfile profile();

    /** The events in one body. */
    abstract List<String> ids(JsonNode body);

    @Override
    protected Sink createSink() {
      return HttpSink.to(receiver.uri("/ingest")).profile(profile()).build();
    }

    @Override
    protected List<String> receivedEventIds() throws Exception {
      List<String> ids = new ArrayList<>();
      for (Receiver.Request request : receiver.accepted()) {
        ids.addAll(ids(MAPPER.readTree(request.body())));
      }
      return ids;
    }

    @Override
    protected void breakReceiver() {
      receiver.answer(503);
    }

    @Override
    protected void repairReceiver() {
      receiver.answer(201);
    }

    static List<String> texts(JsonNode array, String field) {
      return array.findValuesAsText(field).stream().distinct().toList();
    }
  }

  @Nested
  class Bridge extends OfProfile {
    Bridge() throws Exception {}

    @Override
    HttpProfile profile() {
      return HttpProfile.BRIDGE;
    }

    @Override
    List<String> ids(JsonNode body) {
      return List.of(body.get("event_id").asText());
    }
  }

  @Nested
  class BridgeBatch extends OfProfile {
    BridgeBatch() throws Exception {}

    @Override
    HttpProfile profile() {
      return HttpProfile.BRIDGE_BATCH;
    }

    @Override
    List<String> ids(JsonNode body) {
      return texts(body, "event_id");
    }
  }

  @Nested
  class LeanVibe extends OfProfile {
    LeanVibe() throws Exception {}

    @Override
    HttpProfile profile() {
      return HttpProfile.LEANVIBE;
    }

    @Override
    List<String> ids(JsonNode body) {
      return List.of(body.at("/context/event_id").asText());
    }
  }

  @Nested
  class CloudEvents extends OfProfile {
    CloudEvents() throws Exception {}

    @Override
    HttpProfile profile() {
      return HttpProfile.CLOUDEVENTS;
    }

    @Override
    List<String> ids(JsonNode body) {
      return List.of(body.get("id").asText());
    }
  }

  @Nested
  class CloudEventsBatch extends OfProfile {
    CloudEventsBatch() throws Exception {}

    @Override
    HttpProfile profile() {
      return HttpProfile.CLOUDEVENTS_BATCH;
    }

    @Override
    List<String> ids(JsonNode body) {
      return texts(body, "event_id");
    }
  }

  @Nested
  class Otlp extends OfProfile {
    Otlp() throws Exception {}

    @Override
    HttpProfile profile() {
      return HttpProfile.OTLP;
    }

    @Override
    List<String> ids(JsonNode body) {
      List<String> ids = new ArrayList<>();
      for (JsonNode attributes : body.findValues("attributes")) {
        for (JsonNode attribute : attributes) {
          if (attribute.get("key").asText().equals("hookbus.event.id")) {
            ids.add(attribute.at("/value/stringValue").asText());
          }
        }
      }
      return ids;
    }
  }
}
