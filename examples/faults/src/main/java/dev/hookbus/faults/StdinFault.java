package dev.hookbus.faults;

import dev.hookbus.host.HookTester;
import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Gives hook processes what no host should say; then an event, which must be recorded. */
final class StdinFault implements Fault {

  private static final int DEPTH = 1 << 20;
  private static final long PATIENCE_SECONDS = 240;

  private final long hugeBytes;
  private final Random random = new Random(11);

  /** A fault whose endless input is so long. */
  StdinFault(long hugeBytes) {
    this.hugeBytes = hugeBytes;
  }

  @Override
  public String name() {
    return "stdin";
  }

  @Override
  public String what() {
    return "hook processes with 128 MB of heap given "
        + (hugeBytes >> 20)
        + " MB of JSON, 1 MB of random bytes, "
        + DEPTH
        + " open brackets, and an event";
  }

  @Override
  public int rounds() {
    return 10;
  }

  @Override
  public Outcome run(Scene scene, int rounds)
      throws IOException, InterruptedException, SQLException {
    List<String> losses = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      byte[] noise = new byte[1 << 20];
      random.nextBytes(noise);
      losses.addAll(hook(scene, "random bytes", noise, 1));
      losses.addAll(hook(scene, "brackets", "[".repeat(DEPTH).getBytes(StandardCharsets.UTF_8), 1));
      String deep = "{\"command\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}";
      String event =
          HookTester.preToolUse("Bash", "{}")
              .replace("\"tool_input\":{}", "\"tool_input\":" + deep);
      losses.addAll(hook(scene, "a deep event", event.getBytes(StandardCharsets.UTF_8), 1));
      byte[] piece =
          "{\"tool_name\":\"Bash\",\"x\":[\""
              .concat("a".repeat(1 << 20))
              .getBytes(StandardCharsets.UTF_8);
      losses.addAll(hook(scene, "huge JSON", piece, hugeBytes / piece.length + 1));
      String proper = HookTester.preToolUse("Bash", "{\"command\":\"" + round + "\"}");
      losses.addAll(
          hook(
              scene,
              "an event",
              proper.replace("toolu_test", "toolu_" + round).getBytes(StandardCharsets.UTF_8),
              1));
    }
    long recorded =
        scene
            .column(
                "SELECT 1 FROM hook_logs WHERE status = 'success' AND hook_name = '"
                    + StdinHook.NAME
                    + "'")
            .size();
    if (recorded < rounds) {
      losses.add("of " + rounds + " events only " + recorded + " are on record");
    }
    return new Outcome.Ran(
        rounds * 5L + " processes", recorded, losses, "every process ended with 0 and in silence");
  }

  /** Starts a hook; says what was wrong with its end. */
  private static List<String> hook(Scene scene, String kind, byte[] piece, long times)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StdinHook.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("HOOKBUS_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("HOOKBUS_ENABLED", "1");
    builder.environment().put("HOOKBUS_DB", scene.database().toString());
    Process process = builder.start();
    try {
      feed(process, piece, times);
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return List.of(kind + ": the hook does not end");
      }
      if (process.exitValue() != 0) {
        return List.of(kind + ": the hook ended with " + process.exitValue());
      }
      return isAnswer(out) ? List.of() : List.of(kind + ": the hook answered " + out);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void feed(Process process, byte[] piece, long times) {
    try (OutputStream in = process.getOutputStream()) {
      for (long i = 0; i < times; i++) {
        in.write(piece);
      }
    } catch (IOException stoppedReading) {
      // A hook need not read what it will not use.
    }
  }

  private static boolean isAnswer(String out) {
    try {
      return out.isEmpty() || JsonValue.parse(out).isObject();
    } catch (JsonException e) {
      return false;
    }
  }
}
