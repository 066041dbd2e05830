package dev.hookbus.sink.chroma.cli;

import dev.hookbus.sink.chroma.ChromaEvents;
import dev.hookbus.sink.chroma.SearchHit;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the events nearest to words. */
@Command(
    name = "search",
    description = "Shows the events in Chroma whose text is nearest to these words.")
final class SearchCommand extends ChromaCommand {
  @Parameters(paramLabel = "WORD", arity = "1..*", description = "What to look for.")
  private List<String> words = List.of();

  @Mixin private final QueryOptions options = new QueryOptions();

  @Override
  void run(ChromaEvents events) {
    String wanted = String.join(" ", words);
    for (SearchHit hit : events.search(wanted, options.query(), options.limit())) {
      out()
          .println(
              options.json()
                  ? hit.event().json()
                  : String.format(Locale.ROOT, "%.2f  ", hit.score())
                      + line(hit.event(), hit.words()));
    }
  }
}
