package dev.hookbus.sink.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.OutboxEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver of batches says of single events: {@code {"accepted": [id …], "duplicate": [id
 * …], "rejected": [{"id": …, "reason": …} …]}}. All of it is optional but for status 207, which
 * promises an answer for each event.
 */
final class BatchAnswer {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_REASON = 200;
  private static final int MULTI_STATUS = 207;

  private final boolean complete;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> rejected = new HashMap<>();

  private BatchAnswer(boolean complete) {
    this.complete = complete;
  }

  static BatchAnswer read(Answer answer) {
    BatchAnswer result = new BatchAnswer(answer.status() == MULTI_STATUS);
    try (JsonParser json = JSON.createParser(answer.body())) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        result.readObject(json);
      }
    } catch (IOException e) {
      // Not this form: then only the status speaks, for the whole batch.
    }
    return result;
  }

  List<DeliveryOutcome> outcomes(List<OutboxEvent> events) {
    return events.stream().map(event -> outcome(event.eventId())).toList();
  }

  private DeliveryOutcome outcome(String id) {
    String reason = rejected.get(id);
    if (reason != null) {
      return DeliveryOutcome.dead(reason);
    }
    return complete && !taken.contains(id)
        ? DeliveryOutcome.retry("the receiver's answer does not name the event")
        : DeliveryOutcome.delivered();
  }

  private void readObject(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "accepted", "duplicate" -> readIds(json);
        case "rejected" -> readRejected(json);
        default -> json.skipChildren();
      }
    }
  }

  private void readIds(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        taken.add(json.getText());
      }
      json.skipChildren();
    }
  }

  private void readRejected(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        readRejection(json);
      }
    }
  }

  private void readRejection(JsonParser json) throws IOException {
    String id = null;
    String reason = "rejected by the receiver";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      @Nullable String text = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
      json.skipChildren();
      if (field.equals("id")) {
        id = text;
      } else if (field.equals("reason") && text != null) {
        reason = oneLine(text);
      }
    }
    if (id != null) {
      rejected.put(id, reason);
    }
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
  }
}
