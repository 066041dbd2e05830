package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.ChildJvm;
import dev.hookbus.HookBus;
import dev.hookbus.logging.RecordedLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent of which one sink can't be made. */
@Timeout(180)
class MisconfiguredSinkTest {

  private static final String SECRET = "hunter2";

  @TempDir Path directory;

  /** An agent that tells a decision for each line of stdin, and its log lines at the end. */
  static final class Agent {
    public static void main(String[] arguments) throws IOException {
      try (HookBus bus = HookBus.fromEnvironment()) {
        for (int line = System.in.read(); line >= 0; line = System.in.read()) {
          if (line == '\n') {
            bus.emit(bus.events("s1").decision("use SQLite", "one file"));
          }
        }
      }
      RecordedLogs.lines().forEach(System.err::println);
    }
  }

  private ChildJvm agent(String endpoint) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOOKBUS_ENABLED", "1");
    environment.put("HOOKBUS_DB", directory.resolve("hooks.db").toString());
    environment.put("HOOKBUS_SINKS", "http,jsonl");
    environment.put("HOOKBUS_DELIVERY", "background");
    environment.put("ZO_EVENT_LOG_DIR", directory.resolve("events").toString());
    environment.put("ZO_EVENT_ENDPOINT", endpoint);
    return ChildJvm.start(
        environment, List.of("-Dslf4j.provider=" + RecordedLogs.class.getName()), Agent.class);
  }

  @Test
  void othersGetEventsWhileTheAgentRuns_andItsOwnWaitForBetterSettings() throws Exception {
    try (ChildJvm agent = agent("ftp://" + SECRET)) {
      agent.writeLine("");
      await(() -> lines() == 1);
      agent.writeLine("");
      await(() -> lines() == 2);

      assertThat(agent.finish()).isEmpty();
      assertThat(agent.stderr()).containsOnlyOnce("ZO_EVENT_ENDPOINT").doesNotContain(SECRET);
    }

    try (Receiver receiver = Receiver.start();
        ChildJvm agent = agent(receiver.uri("/events").toString())) {
      await(() -> receiver.accepted().size() == 2);
      assertThat(agent.finish()).isEmpty();
    }
    assertThat(lines()).isEqualTo(2);
  }

  private long lines() throws IOException {
    Path events = directory.resolve("events");
    if (!Files.exists(events)) {
      return 0;
    }
    long lines = 0;
    try (Stream<Path> files = Files.list(events)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        lines += Files.readAllLines(file).size();
      }
    }
    return lines;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime() - deadline).as("waited for a minute").isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
