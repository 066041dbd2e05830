package dev.hookbus.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A settings file as it is and as it is to be. */
final class SettingsEdit {

  private final Path file;
  private final byte[] before;
  private final byte[] after;
  private final boolean removes;

  private SettingsEdit(Path file, byte[] before, byte[] after, boolean removes) {
    this.file = file;
    this.before = before;
    this.after = after;
    this.removes = removes;
  }

  static SettingsEdit replacing(Path file, byte[] before, byte[] after) {
    return new SettingsEdit(file, before, after, false);
  }

  /** The file goes altogether. */
  static SettingsEdit removing(Path file, byte[] before) {
    return new SettingsEdit(file, before, new byte[0], true);
  }

  Path file() {
    return file;
  }

  /** The lines that change; empty if none do. */
  String diff() {
    return LineDiff.of(
        new String(before, StandardCharsets.UTF_8), new String(after, StandardCharsets.UTF_8));
  }

  /**
   * Makes sure that it can be done, before anything else is.
   *
   * @throws InstallException if the file is another by now, or can't be written
   */
  void check() throws IOException {
    if (isDone()) {
      return;
    }
    if (!Arrays.equals(SafeFile.read(file), before)) {
      throw new InstallException(
          file + " was changed in this moment; it is as it was left. Run the command again");
    }
    SafeFile.checkWritable(file);
  }

  /** Does it, if nobody has changed the file since. */
  void apply() throws IOException {
    check();
    if (removes) {
      Files.deleteIfExists(file);
    } else if (!isDone()) {
      SafeFile.writeLike(file, after);
    }
  }

  private boolean isDone() throws IOException {
    return removes ? !Files.exists(file) : Arrays.equals(SafeFile.read(file), after);
  }
}
