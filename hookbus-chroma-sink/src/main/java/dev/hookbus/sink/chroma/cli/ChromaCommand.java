package dev.hookbus.sink.chroma.cli;

import dev.hookbus.sink.SinkSettings;
import dev.hookbus.sink.chroma.ChromaConfig;
import dev.hookbus.sink.chroma.ChromaEvents;
import dev.hookbus.sink.chroma.StoredEvent;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands share: the server the flags name, and how an event is shown. */
@Command(mixinStandardHelpOptions = true)
abstract class ChromaCommand implements Callable<Integer> {
  private static final int OK = 0;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public final Integer call() {
    try (ChromaEvents events =
        ChromaEvents.open(ChromaConfig.of(SinkSettings.of(System::getenv)))) {
      run(events);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return OK;
  }

  abstract void run(ChromaEvents events);

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** One line: when, how grave, what, by which tool, and the text. */
  static String line(StoredEvent event, String text) {
    String tool = event.text("tool_name");
    return String.join(
            "  ",
            event.ts().toString(),
            event.text("level"),
            event.text("event_type"),
            tool.isEmpty() ? "-" : tool,
            text)
        .replaceAll("\\p{Cntrl}+", " ");
  }
}
