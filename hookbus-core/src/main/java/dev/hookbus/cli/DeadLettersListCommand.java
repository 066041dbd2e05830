package dev.hookbus.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookbus.store.DeadLetter;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists dead letters. */
@Command(name = "list", description = "Lists dead letters with the reason, the oldest first.")
final class DeadLettersListCommand extends OutboxCommand {

  @Option(names = "--sink", paramLabel = "S", description = "Only letters of this sink.")
  private @Nullable String sink;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "50",
      converter = WholeNumber.Lines.class,
      description = "How many letters; ${DEFAULT-VALUE} by default.")
  private int lines;

  @Option(names = "--json", description = "Print a JSON object per line, the event included.")
  private boolean json;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    List<DeadLetter> letters = store.outbox().deadLetters(sink, lines, patience());
    if (json) {
      letters.forEach(letter -> Json.printLine(out(), generator -> writeJson(generator, letter)));
    } else if (letters.isEmpty()) {
      out().println("There is no dead letter.");
    } else {
      Table table =
          new Table().number("id").text("sink").text("event").text("died (UTC)").elastic("reason");
      for (DeadLetter letter : letters) {
        table.row(
            String.valueOf(letter.id()),
            letter.sink(),
            letter.event().eventType(),
            Text.time(letter.diedAt()),
            Text.oneLine(letter.reason()));
      }
      table.print(out());
    }
    return ExitCode.OK;
  }

  private static void writeJson(JsonGenerator json, DeadLetter letter) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", letter.id());
    json.writeStringField("sink", letter.sink());
    json.writeStringField("reason", letter.reason());
    json.writeStringField("recorded_at", letter.recordedAt().toString());
    json.writeStringField("died_at", letter.diedAt().toString());
    json.writeFieldName("event");
    json.writeRawValue(letter.event().json());
    json.writeEndObject();
  }
}
