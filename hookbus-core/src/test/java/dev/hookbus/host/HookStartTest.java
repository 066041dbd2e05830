package dev.hookbus.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hook process loads: at its start, every class is time. */
class HookStartTest {

  /** Of the library itself. Whoever adds one should know why. */
  private static final int MOST_OWN_CLASSES = 190;

  /** Of the JDK, beyond those that its own archive holds ready; differs between versions. */
  private static final int MOST_JDK_CLASSES = 110;

  /** One start in 64 does, and is no everyday one. */
  private static final String CLEANS_UP = "dev.hookbus.store.Housekeeping ";

  @TempDir Path directory;

  /** An everyday hook. */
  static final class Tracker implements HookHandler {
    private Tracker() {}

    public static void main(String[] args) {
      HookMain.run("tracker", new Tracker());
    }

    @Override
    public HookAnswer handle(HookEvent event) {
      return PostToolUseAnswer.context("tracked");
    }
  }

  @Test
  void everydayHook_loadsFewClassesAndNothingItDoesNotUse() throws Exception {
    String warmUp = run("toolu_1");
    String start = run("toolu_2");
    for (int next = 3; start.contains(CLEANS_UP); next++) {
      start = run("toolu_" + next);
    }
    List<String> loaded = start.lines().toList();

    assertThat(warmUp).contains("dev.hookbus.store.NativeSession ");
    assertThat(loaded)
        .filteredOn(line -> line.contains("] dev.hookbus."))
        .hasSizeBetween(50, MOST_OWN_CLASSES)
        .noneMatch(line -> line.contains("$$Lambda"));
    assertThat(loaded)
        .filteredOn(line -> line.contains("source: jrt:/"))
        .hasSizeLessThan(MOST_JDK_CLASSES);
    assertThat(loaded)
        .noneMatch(line -> line.contains("] com.zaxxer."))
        .noneMatch(line -> line.contains("] io.micrometer."))
        .noneMatch(line -> line.contains("] com.fasterxml."))
        .noneMatch(line -> line.contains("] ch.qos."))
        .noneMatch(line -> line.contains("] java.net.http."))
        .noneMatch(line -> line.contains("] java.util.regex.Matcher"))
        .noneMatch(line -> line.contains("] java.time.format."))
        .noneMatch(line -> line.contains("] java.security.MessageDigest "))
        .noneMatch(line -> line.contains("] org.sqlite.SQLiteConfig "))
        .noneMatch(line -> line.contains("] org.sqlite.jdbc"));
  }

  private String run(String toolUseId) throws Exception {
    Path log = directory.resolve("loaded-" + toolUseId);
    try (ChildJvm child =
        ChildJvm.start(
            Map.of(
                "HOOKBUS_ENABLED", "1",
                "HOOKBUS_STORE_RAW", "1",
                "HOOKBUS_DB", directory.resolve("data/hookbus.db").toString()),
            List.of("-Xlog:class+load:file=" + log),
            Tracker.class)) {
      child.writeLine(
          "{\"session_id\":\"s\",\"hook_event_name\":\"PostToolUse\",\"tool_name\":\"Bash\","
              + "\"tool_use_id\":\""
              + toolUseId
              + "\",\"tool_input\":{\"command\":\"ls\"},\"tool_response\":{\"stdout\":\"a\"}}");
      assertThat(child.finish()).contains("\"additionalContext\":\"tracked\"");
    }
    return Files.readString(log);
  }
}
