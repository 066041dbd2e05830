package dev.hookbus.sink.chroma.cli;

import dev.hookbus.cli.CliExtension;
import java.util.List;

/** Adds the commands that ask Chroma. */
public final class ChromaCommands implements CliExtension {

  /** For {@link java.util.ServiceLoader}. */
  public ChromaCommands() {}

  @Override
  public List<Object> commands() {
    return List.of(new QueryCommand(), new SearchCommand(), new EraseCommand());
  }
}
