package dev.hookbus.install;

import dev.hookbus.launch.EnvironmentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The file of variables as it is and as it is to be. */
final class EnvironmentEdit {

  private static final List<String> SECRET_WORDS =
      List.of("KEY", "SECRET", "TOKEN", "PASS", "SALT", "CRED", "AUTH");

  private final Path file;
  private final String before;
  private final String after;

  private EnvironmentEdit(Path file, String before, String after) {
    this.file = file;
    this.before = before;
    this.after = after;
  }

  /**
   * Sets these variables.
   *
   * @throws InstallException if the file is no text
   */
  static EnvironmentEdit setting(Path file, Map<String, String> variables) throws IOException {
    String before = text(file);
    return new EnvironmentEdit(file, before, EnvironmentFile.with(before, variables));
  }

  /** The lines that change, without values that are or may hold a secret. */
  String diff() {
    Map<String, String> known = EnvironmentFile.variables(before);
    StringBuilder now = new StringBuilder();
    after.lines().forEach(line -> now.append(shown(line, isNew(line, known))).append('\n'));
    StringBuilder then = new StringBuilder();
    before.lines().forEach(line -> then.append(shown(line, false)).append('\n'));
    return LineDiff.of(then.toString(), now.toString());
  }

  void apply() throws IOException {
    SafeFile.writePrivate(file, after.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isNew(String line, Map<String, String> known) {
    return !known.entrySet().containsAll(EnvironmentFile.variables(line).entrySet());
  }

  private static String shown(String line, boolean isNew) {
    String secret = isNew ? "(hidden, new)" : "(hidden)";
    Map<String, String> variable = EnvironmentFile.variables(line);
    if (variable.isEmpty()) {
      // A line of others, in whatever form: who knows what stands there.
      return line.isBlank() ? line : secret;
    }
    String name = variable.keySet().iterator().next();
    boolean hidden = line.indexOf('@') >= 0;
    for (String word : SECRET_WORDS) {
      hidden |= name.contains(word);
    }
    return hidden ? name + "=" + secret : line;
  }

  private static String text(Path file) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(SafeFile.read(file))) + "";
    } catch (CharacterCodingException e) {
      throw new InstallException(
          file + ": is no UTF-8 text; nothing was changed. Convert it, or move it aside");
    }
  }
}
