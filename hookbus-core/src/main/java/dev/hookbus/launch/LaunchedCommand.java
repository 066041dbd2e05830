package dev.hookbus.launch;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command starts, as data for those who run it without its script.
 *
 * @param mainClass the class whose main method is run
 * @param classPath jars that never change, in their order
 * @param arguments the program's first arguments; those of the command follow
 * @param environmentFile variables for the program, or {@code null}
 */
public record LaunchedCommand(
    String mainClass,
    List<Path> classPath,
    List<String> arguments,
    @Nullable Path environmentFile) {

  /** Copies the lists. */
  public LaunchedCommand {
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads a command's file.
   *
   * @throws IOException if there is none, or it says something else
   */
  public static LaunchedCommand read(Path file) throws IOException {
    try {
      JsonValue json = JsonValue.parse(Files.readAllBytes(file));
      String mainClass = json.text("main");
      if (mainClass != null) {
        List<Path> classPath = new ArrayList<>();
        for (String entry : texts(json.get("classPath"))) {
          classPath.add(Path.of(entry));
        }
        String environmentFile = json.text("environmentFile");
        return new LaunchedCommand(
            mainClass,
            classPath,
            texts(json.get("arguments")),
            environmentFile == null ? null : Path.of(environmentFile));
      }
    } catch (JsonException e) {
      throw new LaunchException(file + " holds no command: " + e.getMessage());
    }
    throw new LaunchException(file + " holds no command");
  }

  private static List<String> texts(@Nullable JsonValue array) {
    List<String> texts = new ArrayList<>();
    if (array != null) {
      for (JsonValue item : array.items()) {
        texts.add(String.valueOf(item.asText()));
      }
    }
    return texts;
  }

  /** The text of the command's file. */
  String toJson() {
    List<String> paths = new ArrayList<>();
    for (Path entry : classPath) {
      paths.add(entry.toString());
    }
    return new JsonWriter()
        .beginObject()
        .field("main", mainClass)
        .field("classPath", paths)
        .field("arguments", arguments)
        .field("environmentFile", environmentFile == null ? null : environmentFile.toString())
        .endObject()
        .finish();
  }
}
