package dev.hookbus.cli;

import dev.hookbus.files.PrivateFiles;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import dev.hookbus.store.TransferReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes keys and statistics of a store to a file. */
@Command(
    name = "export",
    description = {
      "Writes the keys that are taken, and all statistics, to a new file only you can read.",
      "Of the store in effect: HOOKBUS_STORE_URL, or the file that --db or HOOKBUS_DB names."
    })
final class StateExportCommand extends StoreCommand {

  @Parameters(paramLabel = "FILE", description = "The file to make.")
  @SuppressWarnings("NullAway.Init") // picocli insists on it
  private Path file;

  @Option(names = "--keys-only", description = "Leave statistics out.")
  private boolean keysOnly;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    try (Writer out = open()) {
      TransferReport report = store.admin().exportTo(out, keysOnly);
      out()
          .println(
              "Exported "
                  + Text.count(report.keys(), "key")
                  + " and "
                  + Text.count(report.statistics(), "statistics row")
                  + ".");
      return ExitCode.OK;
    } catch (FileAlreadyExistsException e) {
      err().println("hookbus: " + file + " is there already; name another file");
      return ExitCode.FAILURE;
    } catch (IOException e) {
      err().println("hookbus: can't write " + file + ": " + e.getMessage());
      return ExitCode.FAILURE;
    }
  }

  private Writer open() throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(
            Channels.newOutputStream(
                PrivateFiles.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))),
            StandardCharsets.UTF_8));
  }
}
