package dev.hookbus.install;

import dev.hookbus.idempotency.Sha256;
import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an installation has done, so that it can be undone: a file in its directory.
 *
 * @param settings the settings file
 * @param existed whether it was there before
 * @param settingsHash the SHA-256 of the settings as they were left
 * @param made containers made in the settings, see {@link HookSettings#with}
 * @param commands names of the commands
 * @param failingClosed those of them that fail closed
 * @param files what was made, relative to the directory
 */
record Manifest(
    Path settings,
    boolean existed,
    String settingsHash,
    Set<String> made,
    List<String> commands,
    List<String> failingClosed,
    List<String> files) {

  private static final String FILE = "installed.json";
  private static final String BEFORE = "settings-before.json";

  static Path file(Path directory) {
    return directory.resolve(FILE);
  }

  /** Where the settings are kept as they were without the hooks. */
  static Path before(Path directory) {
    return directory.resolve(BEFORE);
  }

  /** Whether nobody has changed the settings since they were written. */
  boolean isAsLeft(byte[] current) {
    return settingsHash.equals(hash(current));
  }

  /** The SHA-256 of a file's content, in hex. */
  static String hash(byte[] content) {
    return HexFormat.of().formatHex(Sha256.digest(content, 0, content.length));
  }

  /**
   * What is installed in a directory; null if nothing is.
   *
   * @throws InstallException if the file can't be understood
   */
  static @Nullable Manifest read(Path directory) throws IOException {
    Path file = file(directory);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonValue json = JsonValue.parse(Files.readAllBytes(file));
      String settings = json.text("settings");
      String hash = json.text("settings_sha256");
      JsonValue existed = json.get("existed");
      if (settings == null || hash == null || existed == null) {
        throw new InstallException(file + ": is no list of what was installed");
      }
      return new Manifest(
          Path.of(settings),
          Boolean.TRUE.equals(existed.asBoolean()),
          hash,
          new LinkedHashSet<>(texts(json, "made")),
          texts(json, "commands"),
          texts(json, "failing_closed"),
          texts(json, "files"));
    } catch (JsonException e) {
      throw new InstallException(file + ": " + e.getMessage());
    }
  }

  private static List<String> texts(JsonValue json, String name) {
    List<String> texts = new ArrayList<>();
    JsonValue list = json.get(name);
    for (JsonValue item : list == null ? List.<JsonValue>of() : list.items()) {
      String text = item.asText();
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  byte[] text() {
    return (JsonWriter.indented()
                .beginObject()
                .field("settings", settings.toString())
                .field("existed", existed)
                .field("settings_sha256", settingsHash)
                .field("made", made)
                .field("commands", commands)
                .field("failing_closed", failingClosed)
                .field("files", files)
                .endObject()
                .finish()
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
