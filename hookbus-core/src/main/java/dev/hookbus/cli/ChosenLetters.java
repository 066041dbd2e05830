package dev.hookbus.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which dead letters a command is about: those of a sink, all or some of them. */
final class ChosenLetters {

  @Parameters(index = "0", paramLabel = "SINK", description = "The sink that refused them.")
  @SuppressWarnings("NullAway.Init") // picocli insists on it
  private String sink;

  @Parameters(
      index = "1..*",
      paramLabel = "ID",
      description = "Which letters, as 'hookbus dead-letters list' shows them; all by default.")
  private List<Long> ids = List.of();

  String sink() {
    return sink;
  }

  /** As the outbox takes them: null for all. */
  @Nullable List<Long> ids() {
    return ids.isEmpty() ? null : ids;
  }
}
