package dev.hookbus.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class JsonlSinkContractTest extends SinkContractTest {
  @TempDir Path parent;

  private Path directory() {
    return parent.resolve("events");
  }

  @Override
  protected Sink createSink() {
    return JsonlSink.in(directory()).build();
  }

  @Override
  protected List<String> receivedEventIds() throws Exception {
    List<String> ids = new ArrayList<>();
    for (String line : JsonlFiles.lines(directory())) {
      ids.add(new ObjectMapper().readTree(line).get("event_id").asText());
    }
    return ids;
  }

  /** A file stands where the directory should be. */
  @Override
  protected void breakReceiver() throws Exception {
    Files.createFile(directory());
  }

  @Override
  protected void repairReceiver() throws Exception {
    Files.delete(directory());
  }
}
