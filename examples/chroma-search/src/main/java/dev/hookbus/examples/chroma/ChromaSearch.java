package dev.hookbus.examples.chroma;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.event.ErrorDetail;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.event.EventFilter;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventSource;
import dev.hookbus.event.EventType;
import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.payload.RedactionMode;
import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.FlushReport;
import dev.hookbus.sink.chroma.ChromaConfig;
import dev.hookbus.sink.chroma.ChromaEvents;
import dev.hookbus.sink.chroma.ChromaSink;
import dev.hookbus.sink.chroma.EventQuery;
import dev.hookbus.sink.chroma.SearchHit;
import dev.hookbus.store.Budget;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * Runs a guarded hook on payloads of an agent host, delivers what it tells to Chroma, and looks for
 * words in it.
 *
 * <p>Arguments: the server's address, the file with the payloads, one to a line, a directory for
 * the database, and the words.
 */
public final class ChromaSearch {
  private static final String RUN = "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int HITS = 3;

  private ChromaSearch() {}

  /** See the class. */
  public static void main(String[] args) throws IOException, StoreException {
    ChromaConfig config =
        ChromaConfig.at(URI.create(args[0]))
            .prefix("example_")
            .embeddedTypes(EnumSet.of(EventType.TOOL_INVOCATION, EventType.ERROR))
            .build();
    Path directory = Path.of(args[2]);
    try (Store store = Store.sqlite(SqliteSettings.of(directory.resolve("outbox.db")))) {
      runHooks(Files.readAllLines(Path.of(args[1])), directory, store);
      deliver(config, store);
    }
    search(config, String.join(" ", List.of(args).subList(3, args.length)), System.out);
  }

  private static void runHooks(List<String> payloads, Path directory, Store store)
      throws IOException, StoreException {
    try (HookBus bus = HookBus.builder().database(directory.resolve("hookbus.db")).build()) {
      Guard guard = bus.guard("tool-recorder").event("PostToolUse").build();
      for (String line : payloads) {
        HookPayload payload = HookPayload.read(line);
        // A call the host tells of twice is put into the outbox once.
        GuardKey key = GuardKey.of("recorder", payload.text("tool_use_id"), payload.summary());
        guard.run(key, () -> append(store, event(payload)));
      }
    }
  }

  private static Event event(HookPayload payload) {
    EventSource source = EventSource.detect(System::getenv, payload.text("cwd"));
    EventFilter redaction = EventFilter.of(PayloadPipeline.builder().build(), RedactionMode.STRICT);
    EventFactory events =
        EventFactory.of(payload.text("session_id"), RUN, source).withFilter(redaction);
    boolean failed = payload.failed();
    return events
        .builder(failed ? EventType.ERROR : EventType.TOOL_INVOCATION)
        .level(failed ? EventLevel.ERROR : EventLevel.INFO)
        .hookEventName(payload.text("hook_event_name"))
        .tool(payload.text("tool_name"), payload.text("tool_use_id"))
        .msg(payload.summary())
        .errorDetail(failed ? ErrorDetail.of("ToolError", payload.text("error")) : null)
        .build();
  }

  private static void append(Store store, Event event) throws StoreException {
    OutgoingEvent outgoing =
        new OutgoingEvent(
            event.eventId().toString(), event.type().wireName(), EventJson.write(event), null);
    store.outbox().append(List.of(outgoing), Budget.of(PATIENCE));
  }

  private static void deliver(ChromaConfig config, Store store) {
    try (Dispatcher dispatcher =
        Dispatcher.builder(store.outbox()).sink(ChromaSink.to(config)).build()) {
      FlushReport report = dispatcher.flush(PATIENCE);
      if (!report.complete()) {
        throw new IllegalStateException(report.left() + " events could not be delivered");
      }
    }
  }

  private static void search(ChromaConfig config, String words, PrintStream out) {
    try (ChromaEvents events = ChromaEvents.open(config)) {
      out.println(events.count(EventQuery.all()) + " events in Chroma. Nearest to: " + words);
      for (SearchHit hit : events.search(words, EventQuery.all(), HITS)) {
        out.printf(Locale.ROOT, "%.2f  %s%n", hit.score(), hit.words());
      }
    }
  }
}
