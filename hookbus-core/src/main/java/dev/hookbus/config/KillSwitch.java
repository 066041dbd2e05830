package dev.hookbus.config;

import dev.hookbus.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Lets people stop HookBus in running processes: by the system property {@code
 * hookbus.enabled=false}, at once, or by a file named {@code OFF} beside the database, within a
 * second. Removing either starts it again. A stopped bus runs bodies bare.
 */
public final class KillSwitch implements BooleanSupplier {

  /** The file's name. */
  public static final String FILE_NAME = "OFF";

  private static final String PROPERTY = Flag.HOOKBUS_ENABLED.propertyName();
  private static final long RECHECK_NANOS = 1_000_000_000L;

  private final Path file;
  private volatile long checkedAt;
  private volatile boolean fileExists;

  /** The switch of the bus whose database is {@code database}. */
  public KillSwitch(Path database) {
    this.file = database.resolveSibling(FILE_NAME);
    checkFile(System.nanoTime());
  }

  /** Whether the bus may work. */
  @Override
  public boolean getAsBoolean() {
    String property = System.getProperty(PROPERTY);
    if (property != null && FlagReader.FALSE.contains(property.toLowerCase(Locale.ROOT))) {
      return false;
    }
    long now = System.nanoTime();
    if (now - checkedAt >= RECHECK_NANOS) {
      checkFile(now);
    }
    return !fileExists;
  }

  private void checkFile(long now) {
    checkedAt = now;
    fileExists = Files.exists(file) && !isOfAnotherUser();
  }

  /** Whether it lies where users without a home have their files, and another came first. */
  private boolean isOfAnotherUser() {
    Path directory = file.getParent();
    if (directory == null || !directory.equals(PrivateFiles.temporaryHome())) {
      return false;
    }
    try {
      PrivateFiles.requireOwn(directory);
      return false;
    } catch (IOException notOwn) {
      return true;
    }
  }
}
