package dev.hookbus.sink.chroma;

import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkContractTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sink keeps the sinks' contract, on a real server. */
class ChromaSinkContractTest extends SinkContractTest {
  @RegisterExtension static final ChromaServer CHROMA = new ChromaServer();

  private final ChromaConfig config = CHROMA.config().build();
  private boolean broken;

  @BeforeEach
  void isWhole() {
    broken = false;
  }

  @Override
  protected Sink createSink() {
    return ChromaSink.to(config);
  }

  @Override
  protected List<String> receivedEventIds() throws Exception {
    if (broken) {
      repairReceiver();
    }
    ChromaClient client = new ChromaClient(config);
    CollectionInfo events = client.find(config.name(ChromaCollection.EVENTS));
    return events == null
        ? List.of()
        : client.get(events.id(), Selection.matching(null, null, 1000).idsOnly()).stream()
            .map(ChromaRecord::id)
            .toList();
  }

  @Override
  protected void breakReceiver() throws Exception {
    CHROMA.kill();
    broken = true;
  }

  @Override
  protected void repairReceiver() throws Exception {
    CHROMA.start();
    broken = false;
  }
}
