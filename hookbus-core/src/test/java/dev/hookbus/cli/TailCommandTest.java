package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TailCommandTest extends CliTest {

  private void call(String hook) {
    try (HookBus bus = openBus()) {
      Guard guard = bus.guard(hook).event("PostToolUse").build();
      guard
          .with(Invocation.ofSession("session1").withTool("Read").withToolUseId("0"))
          .run(GuardKey.none(), () -> {});
    }
  }

  @Test
  void calls_areListedOldestFirst() {
    call("first");
    call("second");

    Outcome tail = hookbus("tail");

    assertThat(tail.exitCode()).isZero();
    assertThat(tail.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}  success .* ms "
                            + " e97dbafd033f9c77  first  PostToolUse Read"),
            line -> assertThat(line).contains("second"));
  }

  @Test
  void linesAndHook_limitTheList() {
    call("first");
    call("second");
    call("third");

    assertThat(hookbus("tail", "-n", "1").out()).contains("third").doesNotContain("second");
    assertThat(hookbus("tail", "--hook", "first").out()).hasLineCount(1).contains("first");
    assertThat(hookbus("tail", "-n", "none").exitCode()).isEqualTo(2);
  }

  @Test
  void failure_showsItsErrorWithoutControlCharacters() {
    try (HookBus bus = openBus()) {
      bus.guard("failing")
          .build()
          .callSafely(
              GuardKey.none(),
              () -> {
                throw new IOException("disk\n\u001b[31mon fire");
              });
    }

    Outcome tail = hookbus("tail");

    assertThat(tail.out()).hasLineCount(2).contains("error", "    IOException: disk [31mon fire");
    assertThat(tail.out()).doesNotContain("\u001b");
  }

  @Test
  void json_isAnObjectPerLineWithTheColumnsNames() throws IOException {
    call("first");
    call("second");

    Outcome tail = hookbus("tail", "--json");

    assertThat(tail.out()).hasLineCount(2);
    JsonNode entry = new ObjectMapper().readTree(tail.out().lines().findFirst().orElseThrow());
    assertThat(entry.get("hook_name").asText()).isEqualTo("first");
    assertThat(entry.get("tool_name").asText()).isEqualTo("Read");
    assertThat(entry.get("correlation_id").asText()).isEqualTo("e97dbafd033f9c77");
    assertThat(entry.get("error").isNull()).isTrue();
  }

  @Test
  @Timeout(30)
  void follow_showsNewCallsOnceUntilInterrupted() throws Exception {
    call("before");
    LineQueue out = new LineQueue();
    FutureTask<Integer> follow =
        new FutureTask<>(
            () ->
                HookBusCli.run(
                    new String[] {"tail", "-f", "--db", database.toString()},
                    new PrintWriter(out),
                    new PrintWriter(Writer.nullWriter())));
    Thread thread = new Thread(follow, "follow");
    thread.start();

    assertThat(out.next()).contains("before");
    call("after");
    assertThat(out.next()).contains("after");
    call("last");
    assertThat(out.next()).contains("last");
    thread.interrupt();

    assertThat(follow.get(20, TimeUnit.SECONDS)).isZero();
  }

  /** Hands over what is written, line by line. */
  private static final class LineQueue extends Writer {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder line = new StringBuilder();

    String next() throws InterruptedException {
      return lines.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        if (buffer[i] == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(buffer[i]);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
