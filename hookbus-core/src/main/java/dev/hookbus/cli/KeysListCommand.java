package dev.hookbus.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookbus.store.KeyEntry;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreAdmin;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists keys that are taken. */
@Command(name = "list", description = "Lists the keys that are taken, the latest first.")
final class KeysListCommand extends StoreCommand {

  @Option(names = "--category", paramLabel = "C", description = "Only keys of this category.")
  private @Nullable String category;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "50",
      converter = WholeNumber.Lines.class,
      description = "How many keys; ${DEFAULT-VALUE} by default.")
  private int lines;

  @Option(names = "--json", description = "Print a JSON object per line.")
  private boolean json;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    StoreAdmin admin = store.admin();
    List<KeyEntry> keys = admin.keys(category, lines);
    if (json) {
      keys.forEach(key -> Json.printLine(out(), generator -> writeJson(generator, key)));
    } else if (keys.isEmpty()) {
      out().println("No key is taken.");
    } else {
      printTable(keys);
    }
    return ExitCode.OK;
  }

  private void printTable(List<KeyEntry> keys) {
    Instant now = Instant.now();
    Table table =
        new Table()
            .text("key")
            .elastic("category")
            .text("work")
            .number("owners")
            .text("claimed (UTC)")
            .number("free in");
    for (KeyEntry key : keys) {
      table.row(
          key.key().toHex(),
          key.category(),
          state(key),
          Text.count(key.fence()),
          Text.time(key.claimedAt()),
          Text.span(Duration.between(now, key.expiresAt())));
    }
    table.print(out());
  }

  private static String state(KeyEntry key) {
    return key.completed() ? "done" : "in progress";
  }

  private static void writeJson(JsonGenerator json, KeyEntry key) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", key.key().toHex());
    json.writeStringField("category", key.category());
    json.writeBooleanField("completed", key.completed());
    json.writeNumberField("fence", key.fence());
    json.writeStringField("claimed_at", key.claimedAt().toString());
    json.writeStringField("expires_at", key.expiresAt().toString());
    json.writeEndObject();
  }
}
