package dev.hookbus.cli;

import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreAdmin;
import dev.hookbus.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Frees one key. */
@Command(
    name = "release",
    description = {
      "Frees a key, so that its work runs again at the next call.",
      "An owner that is still at work finishes, but can't settle the key any more."
    })
final class KeysReleaseCommand extends StoreCommand {

  @Parameters(
      paramLabel = "KEY",
      converter = KeyConverter.class,
      description =
          "The key as 'hookbus keys list' shows it; a category and colon may stand before it.")
  @SuppressWarnings("NullAway.Init") // picocli insists on it
  private KeyHash key;

  @Option(names = "--yes", description = "Do it. Without this option nothing is changed.")
  private boolean confirmed;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    StoreAdmin admin = store.admin();
    if (!confirmed) {
      err().println("hookbus: releasing a key lets its work run twice; add --yes to do it");
      return ExitCode.FAILURE;
    }
    if (!admin.releaseKey(key)) {
      err()
          .println("hookbus: there is no key " + key + "; 'hookbus keys list' shows what is taken");
      return ExitCode.FAILURE;
    }
    out().println("Released " + key + ".");
    return ExitCode.OK;
  }

  /** Reads a key with or without its category. */
  static final class KeyConverter implements ITypeConverter<KeyHash> {

    @Override
    public KeyHash convert(String text) {
      try {
        return KeyHash.parse(text.substring(text.lastIndexOf(':') + 1));
      } catch (IllegalArgumentException notKey) {
        throw new TypeConversionException(
            "takes a key's 32 hex characters, as 'hookbus keys list' shows them");
      }
    }
  }
}
