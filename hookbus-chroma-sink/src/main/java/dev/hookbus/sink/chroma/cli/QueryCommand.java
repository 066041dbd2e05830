package dev.hookbus.sink.chroma.cli;

import dev.hookbus.sink.chroma.ChromaEvents;
import dev.hookbus.sink.chroma.StoredEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the newest events that satisfy conditions. */
@Command(name = "query", description = "Shows the newest events in Chroma, newest first.")
final class QueryCommand extends ChromaCommand {
  @Mixin private final QueryOptions options = new QueryOptions();

  @Option(names = "--count", description = "Print only how many there are.")
  private boolean count;

  @Override
  void run(ChromaEvents events) {
    if (count) {
      out().println(events.count(options.query()));
      return;
    }
    for (StoredEvent event : events.latest(options.query(), options.limit())) {
      out().println(options.json() ? event.json() : line(event, event.text("msg")));
    }
  }
}
