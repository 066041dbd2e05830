package dev.hookbus.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.Payloads;
import dev.hookbus.host.PostToolUse;
import dev.hookbus.host.PostToolUseAnswer;
import dev.hookbus.json.JsonValue;
import dev.hookbus.launch.Commands;
import dev.hookbus.launch.Launcher;
import dev.hookbus.launch.Launchers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class that a sample does not show is read from its jar at every start. */
class SampleEventTest {

  @TempDir Path temp;

  /** An everyday hook. */
  static final class Tracker implements HookHandler {
    private Tracker() {}

    public static void main(String[] args) {
      HookMain.run("tracker", new Tracker());
    }

    @Override
    public HookAnswer handle(HookEvent event) {
      return event instanceof PostToolUse call
          ? PostToolUseAnswer.context("tracked " + call.toolName())
          : HookAnswer.none();
    }
  }

  @Test
  void commandPreparedOnSample_findsTheClassesOfRealEvents() throws Exception {
    List<Path> libraries = new ArrayList<>(Commands.libraries(temp));
    libraries.add(Commands.jar(temp.resolve("tracker.jar"), Tracker.class));
    HookSpec spec =
        new HookSpec("tracker", Tracker.class.getName(), "PostToolUse", null, 5, false, List.of());
    Path command =
        Launchers.in(temp.resolve("hooks"))
            .write(
                Launcher.of("tracker", Tracker.class.getName(), libraries)
                    .withTraining(SampleEvent.of(spec)));

    classesOfStart(command, Payloads.claude("PostToolUse").payload()); // makes the database
    List<String> outside = new ArrayList<>();
    for (Payloads.Sample sample : Payloads.of("claude-code")) {
      JsonValue event = sample.payload();
      if (sample.event().equals("PostToolUse") && !event.text("tool_name").startsWith("mcp__")) {
        outside.addAll(loadedFromJars(command, event, sample.variant()));
      }
    }

    assertThat(outside).isEmpty();
  }

  /** Of a start that does not also clean up, as one in 64 does. */
  private List<String> loadedFromJars(Path command, JsonValue event, String id) throws Exception {
    String classes;
    int start = 0;
    do {
      classes = classesOfStart(command, event.with("tool_use_id", id + start++));
    } while (classes.contains("dev.hookbus.store.Housekeeping "));
    return classes.lines().filter(line -> line.contains("source: file:")).toList();
  }

  private String classesOfStart(Path command, JsonValue event) throws Exception {
    Path log = temp.resolve("classes.log");
    Map<String, String> environment =
        Map.of(
            "HOOKBUS_ENABLED",
            "1",
            "HOOKBUS_STORE_RAW",
            "1",
            "HOOKBUS_DB",
            temp.resolve("data/hookbus.db").toString(),
            "_JAVA_OPTIONS",
            "-Xlog:class+load:file=" + log);
    Commands.Outcome outcome =
        Commands.run(
            List.of(command.toString()),
            temp,
            environment,
            event.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(outcome.out()).contains("tracked");
    return Files.readString(log);
  }
}
