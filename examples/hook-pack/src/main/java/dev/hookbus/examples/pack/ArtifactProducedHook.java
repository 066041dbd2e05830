package dev.hookbus.examples.pack;

import dev.hookbus.event.ArtifactRef;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.PostToolUse;
import dev.hookbus.host.ToolInput;
import dev.hookbus.json.JsonValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells that a file was written, with its hash and size. */
public final class ArtifactProducedHook {

  private static final String NAME = "artifact_produced";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("md", "markdown"),
          Map.entry("java", "java"),
          Map.entry("py", "python"),
          Map.entry("js", "javascript"),
          Map.entry("ts", "typescript"),
          Map.entry("json", "json"),
          Map.entry("yaml", "yaml"),
          Map.entry("yml", "yaml"),
          Map.entry("xml", "xml"),
          Map.entry("html", "html"),
          Map.entry("ipynb", "notebook"),
          Map.entry("sh", "shell"));

  private ArtifactProducedHook() {}

  /** Runs the hook; takes what {@link HookMain#arguments} takes. */
  public static void main(String[] args) {
    Telemetry.run(NAME, args, ArtifactProducedHook::event);
  }

  static @Nullable Event event(HookEvent said, EventFactory events) {
    JsonValue json = said.json();
    String path = json.text("artifact_path");
    String tool = json.text("tool_name");
    if (path == null
        && said instanceof PostToolUse call
        && call.tool().typedInput() instanceof ToolInput.OfFile file
        && !(file instanceof ToolInput.Read)) {
      path = file.filePath();
      tool = call.toolName();
    }
    if (path == null) {
      return null;
    }
    String type = json.text("artifact_type");
    ArtifactRef artifact = artifact(path, type == null ? type(path) : type, said.cwd());
    return events.artifact(artifact, tool, json.text("task_id"));
  }

  /** Named from the working directory where it lies in it, so that the name tells no home. */
  private static ArtifactRef artifact(String path, String type, @Nullable String cwd) {
    Instant now = Instant.now();
    try {
      Path directory = Path.of(cwd == null ? "" : cwd).toAbsolutePath().normalize();
      Path file = directory.resolve(path).normalize();
      ArtifactRef content = ArtifactRef.ofFile(file, type, now);
      String name = file.startsWith(directory) ? directory.relativize(file).toString() : path;
      return new ArtifactRef(name, type, content.hash(), content.sizeBytes(), now);
    } catch (InvalidPathException e) {
      return new ArtifactRef(path, type, ArtifactRef.UNKNOWN_HASH, 0, now);
    }
  }

  private static String type(String path) {
    return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "file");
  }
}
