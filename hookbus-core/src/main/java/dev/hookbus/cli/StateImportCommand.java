package dev.hookbus.cli;

import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import dev.hookbus.store.TransferReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts exported keys and statistics into a store. */
@Command(
    name = "import",
    description = {
      "Puts an export into the store in effect, all of it or nothing.",
      "Keys that are taken there stay as they are; statistics add up, once for each export."
    })
final class StateImportCommand extends StoreCommand {

  @Parameters(paramLabel = "FILE", description = "What 'hookbus store export' has made.")
  @SuppressWarnings("NullAway.Init") // picocli insists on it
  private Path file;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      TransferReport report = store.admin().importFrom(in);
      out()
          .println(
              "Imported "
                  + Text.count(report.keys(), "key")
                  + " and "
                  + Text.count(report.statistics(), "statistics row")
                  + ".");
      return ExitCode.OK;
    } catch (IOException e) {
      err().println("hookbus: can't read " + file + ": " + e.getMessage());
      return ExitCode.FAILURE;
    }
  }
}
