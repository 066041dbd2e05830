package dev.hookbus.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.HookBus;
import dev.hookbus.config.DeliveryMode;
import dev.hookbus.host.ClaudeHost.Verdict;
import dev.hookbus.install.RunHook;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.sink.BatchLimits;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import dev.hookbus.sink.Sink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, with handlers that do what they should not. What the host would do with their
 * answers is judged by {@link ClaudeHost}.
 */
class HookProcessTest {

  private static final String BASH = HookTester.preToolUse("Bash", "{\"command\":\"ls\"}");

  /** As many processes run at a time. */
  private static final int AT_ONCE = 4;

  @TempDir Path directory;

  /** A hook whose handler does what the first argument says; the second is its policy. */
  static final class Misbehaving {

    private static List<byte[]> hoard = new ArrayList<>();

    public static void main(String[] args) {
      HookMain hook =
          HookMain.named("misbehaving")
              // Only handlers that never end need the deadline; the others get all they want.
              .deadline(Duration.ofMillis(args[0].startsWith("hang") ? 700 : 100_000));
      if (args[1].equals("closed")) {
        hook.failClosed();
      }
      hook.run(event -> answer(args[0]));
    }

    private static HookAnswer answer(String what) throws Exception {
      System.err.println("the handler was called");
      switch (what) {
        case "denies" -> {
          return PreToolUseAnswer.deny("no");
        }
        case "allows" -> {
          return PreToolUseAnswer.allow("yes");
        }
        case "throws" -> throw new IllegalStateException("no");
        case "throws an error" -> throw new AssertionError("no");
        case "throws checked" -> throw new IOException("no");
        case "throws what can't be described" ->
            throw new RuntimeException() {
              @Override
              public String getMessage() {
                throw new IllegalStateException();
              }

              @Override
              public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException();
              }
            };
        case "overflows the stack" -> overflow(0);
        case "runs out of memory" -> hoard();
        case "runs out of memory in all threads" -> {
          for (int i = 0; i < 3; i++) {
            new Thread(Misbehaving::hoard).start();
          }
          hoard();
        }
        case "returns null" -> {
          return null;
        }
        case "answers another event" -> {
          return StopAnswer.none();
        }
        case "prints and throws" -> {
          System.out.println("{\"continue\":true}");
          throw new IllegalStateException("no");
        }
        case "prints past us and throws" -> {
          new FileOutputStream(FileDescriptor.out).write("log\n".getBytes(UTF_8));
          throw new IllegalStateException("no");
        }
        case "closes the streams and throws" -> {
          System.out.close();
          System.err.close();
          System.in.close();
          throw new IllegalStateException("no");
        }
        case "hangs" -> new CountDownLatch(1).await();
        case "hangs and does not listen" -> {
          while (true) {
            LockSupport.parkNanos(1_000_000_000);
          }
        }
        case "hangs in a loop" -> {
          for (long i = 0; true; i++) {
            if (i < 0) {
              throw new IllegalStateException();
            }
          }
        }
        case "exits" -> System.exit(0);
        case "exits with 1" -> System.exit(1);
        case "exits in a thread" -> {
          new Thread(() -> System.exit(0)).start();
          new CountDownLatch(1).await();
        }
        case "interrupts itself and throws" -> {
          Thread.currentThread().interrupt();
          throw new InterruptedException();
        }
        default -> throw new IllegalArgumentException(what);
      }
      throw new IllegalStateException("went on");
    }

    private static int overflow(int depth) {
      return depth < 0 ? 0 : overflow(depth + 1) + 1;
    }

    private static void hoard() {
      while (true) {
        hoard.add(new byte[1 << 20]);
      }
    }
  }

  private static final List<String> MISDEEDS =
      List.of(
          "throws",
          "throws an error",
          "throws checked",
          "throws what can't be described",
          "overflows the stack",
          "runs out of memory",
          "runs out of memory in all threads",
          "returns null",
          "answers another event",
          "prints and throws",
          "prints past us and throws",
          "closes the streams and throws",
          "hangs",
          "hangs and does not listen",
          "hangs in a loop",
          "exits",
          "exits with 1",
          "exits in a thread",
          "interrupts itself and throws");

  /** A hook without a main method that does not come to its end by itself. */
  static final class Endless implements HookHandler {
    @Override
    public HookAnswer handle(HookEvent event) throws Exception {
      new CountDownLatch(1).await();
      return HookAnswer.none();
    }
  }

  @Test
  void installedHook_leavesTheEndOfASessionInItsOwnTime() throws Exception {
    String end = "{\"hook_event_name\":\"SessionEnd\",\"session_id\":\"s\",\"reason\":\"other\"}";
    String hours = "9999999";
    try (HookChild child =
        HookChild.start(
            RunHook.class, Map.of(), Endless.class.getName(), "--deadline-millis", hours)) {
      assertThat(child.say(end.getBytes(UTF_8)).finish().stderr()).contains("longer than 800 ms");
    }
  }

  @Test
  void noMisdeed_opensAClosedGate() throws Exception {
    Map<String, HookChild.Result> results = runAll(MISDEEDS, "closed");

    assertThat(results).hasSize(MISDEEDS.size());
    assertThat(results)
        .allSatisfy(
            (misdeed, result) -> {
              assertThat(result.verdict()).as(describe(result)).isEqualTo(Verdict.BLOCKED);
              assertThat(result.exitCode()).as(describe(result)).isEqualTo(2);
              assertCalled(misdeed, result);
            });
  }

  @Test
  void noMisdeed_closesAnOpenGate() throws Exception {
    assertThat(runAll(MISDEEDS, "open"))
        .allSatisfy(
            (misdeed, result) -> {
              assertThat(result.verdict()).as(describe(result)).isEqualTo(Verdict.RAN);
              assertThat(result.exitCode()).as(describe(result)).isZero();
              assertCalled(misdeed, result);
            });
  }

  /** On a machine under load a short deadline may pass before the handler's turn comes. */
  private static void assertCalled(String misdeed, HookChild.Result result) {
    if (!misdeed.startsWith("hang")) {
      assertThat(result.stderr()).contains("the handler was called");
    }
  }

  /** The judge and the children see more than failures. */
  @Test
  void wellBehavedHandler_decides() throws Exception {
    for (String policy : List.of("open", "closed")) {
      Map<String, HookChild.Result> results = runAll(List.of("denies", "allows"), policy);

      assertThat(results.get("denies").verdict()).isEqualTo(Verdict.BLOCKED);
      assertThat(results.get("denies").text()).contains("\"no\"");
      assertThat(results.get("allows").verdict()).isEqualTo(Verdict.RAN);
      assertThat(results.get("allows").text()).contains("\"allow\"", "\"yes\"");
    }
  }

  private static String describe(HookChild.Result result) {
    return "exit "
        + result.exitCode()
        + ", stdout "
        + result.text()
        + ", stderr "
        + result.stderr();
  }

  private static Map<String, HookChild.Result> runAll(List<String> misdeeds, String policy)
      throws Exception {
    Map<String, HookChild.Result> results = new LinkedHashMap<>();
    for (int i = 0; i < misdeeds.size(); i += AT_ONCE) {
      List<String> some = misdeeds.subList(i, Math.min(misdeeds.size(), i + AT_ONCE));
      List<HookChild> children = new ArrayList<>();
      for (String misdeed : some) {
        children.add(
            HookChild.start(Misbehaving.class, Map.of(), misdeed, policy)
                .say(BASH.getBytes(UTF_8)));
      }
      for (int k = 0; k < some.size(); k++) {
        results.put(some.get(k), children.get(k).finish());
      }
    }
    return results;
  }

  /** A hook that would allow everything it understands. */
  static final class Allowing {
    public static void main(String[] args) {
      HookMain hook = HookMain.named("allowing").deadline(Duration.ofSeconds(100));
      if (args[0].equals("closed")) {
        hook.failClosed();
      }
      hook.run(HookHandler.on(PreToolUse.class, call -> PreToolUseAnswer.allow()));
    }
  }

  @Test
  void noInput_passesAClosedGateOrIsBlockedByAnOpenOne() throws Exception {
    byte[] random = new byte[100_000];
    new Random(20261127).nextBytes(random);
    byte[] deep = "{\"a\":".repeat(1_000_000).getBytes(UTF_8);
    List<byte[]> inputs = List.of(new byte[0], "garbage".getBytes(UTF_8), random, deep);
    for (String policy : List.of("open", "closed")) {
      Verdict expected = policy.equals("open") ? Verdict.RAN : Verdict.BLOCKED;
      List<HookChild> children = new ArrayList<>();
      for (byte[] ignored : inputs) {
        children.add(HookChild.start(Allowing.class, Map.of(), policy));
      }
      HookChild endless = HookChild.start(Allowing.class, Map.of(), policy);
      for (int i = 0; i < inputs.size(); i++) {
        HookChild.Result result = children.get(i).say(inputs.get(i)).finish();
        assertThat(result.verdict()).as(i + " " + describe(result)).isEqualTo(expected);
      }
      HookChild.Result result = endless.sayForever('x').finish();
      assertThat(result.verdict()).as("1 GB " + describe(result)).isEqualTo(expected);
    }
  }

  /** A good hook with bad habits: it prints, and leaves threads running. */
  static final class Chatty {
    public static void main(String[] args) {
      HookMain.named("chatty")
          .run(
              HookHandler.on(
                  PreToolUse.class,
                  call -> {
                    System.out.println("{\"decision\":\"approve\"} caf\u00e9");
                    new Thread(() -> LockSupport.parkNanos(Long.MAX_VALUE)).start();
                    return PreToolUseAnswer.context("caf\u00e9 \u65e5\u672c " + call.toolName());
                  }));
    }
  }

  @Test
  void printingHandler_leavesNothingButItsAnswerOnStdout() throws Exception {
    HookChild.Result result =
        HookChild.start(Chatty.class, Map.of("LC_ALL", "C")).say(BASH.getBytes(UTF_8)).finish();

    assertThat(result.exitCode()).isZero();
    assertThat(result.text())
        .isEqualTo(
            "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
                + "\"additionalContext\":\"caf\u00e9 \u65e5\u672c Bash\"}}\n");
    assertThat(result.stderr()).contains("{\"decision\":\"approve\"} caf");
  }

  /** Says in a file that it is at work, then waits; the arguments are its policy and the file. */
  static final class Waiting {
    public static void main(String[] args) {
      HookMain hook = HookMain.named("waiting").deadline(Duration.ofSeconds(100));
      if (args[0].equals("closed")) {
        hook.failClosed();
      }
      hook.run(
          event -> {
            Files.createFile(Path.of(args[1]));
            new CountDownLatch(1).await();
            return HookAnswer.none();
          });
    }
  }

  @Test
  void terminatedHook_recordsAndAnswers() throws Exception {
    Path database = directory.resolve("hooks.db");
    for (String policy : List.of("closed", "open")) {
      Path atWork = directory.resolve(policy);
      try (HookChild child =
          HookChild.start(
              Waiting.class,
              Map.of("HOOKBUS_ENABLED", "1", "HOOKBUS_DB", database.toString()),
              policy,
              atWork.toString())) {
        child.say(BASH.replace("toolu_test", policy).getBytes(UTF_8));
        child.await(atWork);
        child.terminate();
        HookChild.Result result = child.finish();
        assertThat(result.verdict())
            .as(describe(result))
            .isEqualTo(policy.equals("closed") ? Verdict.BLOCKED : Verdict.RAN);
      }
    }
    try (HookBus bus = HookBus.builder().database(database).build()) {
      assertThat(bus.stats(Duration.ofHours(1)))
          .singleElement()
          .extracting(HookStats::hook, HookStats::failures)
          .containsExactly("waiting", 2L);
    }
  }

  /** Says no, and has a sink that says in a file that it is being closed, and is so for ever. */
  static final class Delivering {
    public static void main(String[] args) {
      HookBus bus =
          HookBus.builder()
              .database(Path.of(args[0]))
              .sink(new Stuck(Path.of(args[1])))
              .delivery(DeliveryMode.INLINE)
              .build();
      HookMain.named("delivering")
          .bus(bus)
          .run(
              event -> {
                boolean ignored = bus.emit(bus.events("s").decision("told", "no"));
                return PreToolUseAnswer.deny("no");
              });
    }

    private record Stuck(Path atWork) implements Sink {
      @Override
      public String name() {
        return "stuck";
      }

      @Override
      public BatchLimits limits() {
        return new BatchLimits(1, 1 << 20);
      }

      @Override
      public DeliveryReport deliver(List<OutboxEvent> batch) {
        throw new IllegalStateException("not now");
      }

      @Override
      public void close() {
        try {
          Files.createFile(atWork);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        while (true) {
          LockSupport.parkNanos(1_000_000_000);
        }
      }
    }
  }

  @Test
  void decision_holdsWhenTheHookIsTerminatedWhileItsBusCloses() throws Exception {
    Path atWork = directory.resolve("at work");
    try (HookChild child =
        HookChild.start(
            Delivering.class,
            Map.of("HOOKBUS_ENABLED", "1"),
            directory.resolve("hooks.db").toString(),
            atWork.toString())) {
      child.say(BASH.getBytes(UTF_8));
      child.await(atWork);
      child.terminate();
      HookChild.Result result = child.finish();
      assertThat(result.verdict()).as(describe(result)).isEqualTo(Verdict.BLOCKED);
    }
  }

  /** Leaves a line in a file for every call; the arguments are what to answer and the file. */
  static final class Registered {
    public static void main(String[] args) {
      HookMain.named("registered")
          .deadline(Duration.ofSeconds(100))
          .failClosed()
          .run(
              HookHandler.on(
                  PreToolUse.class,
                  call -> {
                    Files.writeString(
                        Path.of(args[1]),
                        "called\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                    return args[0].equals("deny")
                        ? PreToolUseAnswer.deny("no")
                        : PreToolUseAnswer.ask("sure?");
                  }));
    }
  }

  @Test
  void hookRegisteredTwice_runsOnce() throws Exception {
    for (String decision : List.of("deny", "ask")) {
      Path calls = directory.resolve(decision);
      List<HookChild> children = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        children.add(start(decision, calls, "1"));
      }
      List<String> answers = new ArrayList<>();
      for (HookChild child : children) {
        answers.add(
            child.say(BASH.replace("toolu_test", decision).getBytes(UTF_8)).finish().text());
      }
      assertThat(Files.readAllLines(calls)).hasSize(1);
      assertThat(answers.stream().filter(answer -> answer.contains(decision)))
          .hasSize(decision.equals("deny") ? 2 : 1);

      HookChild resumed = start(decision, calls, "2");
      assertThat(resumed.say(BASH.replace("toolu_test", decision).getBytes(UTF_8)).finish().text())
          .contains(decision);
      assertThat(Files.readAllLines(calls)).as("with the session resumed").hasSize(2);
    }
  }

  @Test
  void callThatWasRecordedAndNotAnswered_isAnsweredAtTheSecondAttempt() throws Exception {
    for (String decision : List.of("deny", "ask")) {
      Path calls = directory.resolve(decision);
      byte[] event = BASH.replace("toolu_test", decision).getBytes(UTF_8);
      assertThat(start(decision, calls, "1").say(event).finish().text()).contains(decision);

      HookChild.Result again =
          start(decision, calls, "1", "-Dhookbus.retry=token").say(event).finish();
      assertThat(again.verdict()).as(describe(again)).isEqualTo(Verdict.BLOCKED);
      assertThat(again.stderr().contains("has lost its answer"))
          .as("a question may have been heard by nobody")
          .isEqualTo(decision.equals("ask"));
      assertThat(Files.readAllLines(calls)).hasSize(1);
    }
  }

  /** Says more than fits into a pipe. */
  static final class Talkative {
    public static void main(String[] args) {
      HookMain.named("talkative")
          .failClosed()
          .deadline(Duration.ofSeconds(2))
          .run(event -> PreToolUseAnswer.deny("no".repeat(1 << 20)));
    }
  }

  @Test
  void hostThatDoesNotListen_isLeftInTime() throws Exception {
    try (HookChild child = HookChild.unheard(Talkative.class)) {
      assertThat(child.say(BASH.getBytes(UTF_8)).finish().exitCode()).isEqualTo(2);
    }
  }

  private HookChild start(String decision, Path calls, String pid, String... javaOptions)
      throws IOException {
    Map<String, String> environment =
        Map.of(
            "HOOKBUS_ENABLED",
            "1",
            "HOOKBUS_DB",
            directory.resolve("hooks.db").toString(),
            "CLAUDE_PID",
            pid,
            "JDK_JAVA_OPTIONS",
            String.join(" ", javaOptions));
    return HookChild.start(Registered.class, environment, decision, calls.toString());
  }
}
