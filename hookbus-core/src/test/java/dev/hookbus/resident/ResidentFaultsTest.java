package dev.hookbus.resident;

import static dev.hookbus.launch.Commands.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.launch.Commands;
import dev.hookbus.launch.Commands.Outcome;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Handlers that harm the process they run in: the call is answered, and the next one too. */
class ResidentFaultsTest extends ResidentFixture {

  private static void awaitEndOf(long pid) throws Exception {
    await(() -> ProcessHandle.of(pid).isEmpty() ? true : null);
  }

  @Test
  void handlerWithoutMemory_isAnsweredByPolicyAndTheProcessReplaced() throws Exception {
    for (Path what : List.of(command, byCurl)) {
      long pid = resident().pid();
      Outcome outcome = run(what, "hoard");

      assertThat(outcome).isEqualTo(run(alone, "hoard"));
      assertThat(outcome.exit()).isEqualTo(2);
      assertThat(outcome.stderr()).contains("java.lang.OutOfMemoryError");
      assertThat(pidsOfRuns()).startsWith(pid);
      awaitEndOf(pid);
      assertThat(run(what, "deny").exit()).isEqualTo(2);
      assertThat(resident().pid()).isNotEqualTo(pid);
    }
  }

  @Test
  void handlerThatIgnoresItsInterrupt_isAnsweredAtItsDeadlineAndTheProcessReplaced()
      throws Exception {
    long pid = resident().pid();
    Outcome outcome = run(command, "ignore", "DEADLINE_MILLIS", "200");

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.stderr()).contains("did not come to an end").contains("200 ms");
    assertThat(pidsOfRuns()).isSubsetOf(pid);
    assertThat(run(command, "deny").exit()).as("meanwhile").isEqualTo(2);
    awaitEndOf(pid);
    assertThat(resident().pid()).isNotEqualTo(pid);
  }

  @Test
  void handlersThatLeaveThreads_areServedUntilTheyAreTooMany() throws Exception {
    long pid = resident().pid();
    assertThat(run(command, "leave 60").exit()).isZero();
    assertThat(run(command, "nothing").exit()).isZero();
    assertThat(resident().pid()).isEqualTo(pid);
    assertThat(run(command, "leave 10").exit()).isZero();
    awaitEndOf(pid);
    assertThat(run(command, "deny").exit()).isEqualTo(2);
  }

  @Test
  void processThatCrashes_leavesAReportThatIsShownAndTheCallRuns() throws Exception {
    long pid = resident().pid();
    for (int i = 1; i <= 3; i++) {
      Path earlier = Files.createFile(directory().resolve("version.crash-" + i + ".log"));
      Files.setLastModifiedTime(earlier, FileTime.from(Instant.EPOCH.plusSeconds(i)));
    }
    Path go = temp.resolve("go-after-crash");
    CompletableFuture<Outcome> outcome = start(command, "await " + go);
    await(() -> pidsOfRuns().isEmpty() ? null : true);

    kill(pid, "SEGV");
    await(() -> pidsOfRuns().size() < 2 ? null : true);
    Files.createFile(go);

    assertThat(outcome.get().out()).contains("\"permissionDecision\":\"ask\"");
    CrashReport report = CrashReport.in(directory()).get(0);
    assertThat(report.file().getFileName().toString()).endsWith(".crash-" + pid + ".log");
    assertThat(report.file()).content().contains("SIGSEGV");
    assertThat(Files.getPosixFilePermissions(report.file()))
        .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
    Outcome list = hookbus("resident", "list");
    assertThat(list.exit()).as(list.stderr()).isZero();
    assertThat(list.out()).contains("crashed at ", report.file().toString());
    assertThat(resident().pid()).isNotEqualTo(pid);
    await(() -> CrashReport.in(directory()).size() > 3 ? null : true);
    assertThat(CrashReport.in(directory()))
        .startsWith(report)
        .extracting(left -> left.file().getFileName().toString())
        .contains("version.crash-3.log", "version.crash-2.log")
        .hasSize(3);
    for (CrashReport shown : CrashReport.in(directory())) {
      Files.delete(shown.file());
    }
  }

  @Test
  void eventTooLargeToShare_isAnsweredByAProcessOfItsOwn() throws Exception {
    Resident before = resident();
    byte[] small = event("nothing");
    byte[] large = Arrays.copyOf(small, (64 << 20) + 1);
    Arrays.fill(large, small.length, large.length, (byte) ' ');
    Outcome expected = Commands.run(List.of(alone.toString()), temp, environment(), large);

    assertThat(expected.exit()).isEqualTo(2);
    assertThat(expected.stderr()).contains("the input is larger than ");
    for (Path what : List.of(command, byCurl)) {
      assertThat(Commands.run(List.of(what.toString()), temp, environment(), large))
          .isEqualTo(expected);
    }
    assertThat(resident()).as("has taken none").isEqualTo(before);
    assertThat(leftOfCalls()).isEmpty();
  }

  @Test
  void missingClass_isAnsweredAsByAProcessOfItsOwn() throws Exception {
    long pid = resident().pid();
    Outcome outcome = run(command, "miss");

    assertThat(outcome).isEqualTo(run(alone, "miss"));
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.stderr()).contains("NoClassDefFoundError");
    assertThat(pidsOfRuns()).startsWith(pid);
    assertThat(run(command, "nothing").exit()).isZero();
    assertThat(resident().pid()).isEqualTo(pid);
  }

  @Test
  void classThatCouldNotBeInitialised_isTriedAgain() throws Exception {
    long pid = resident().pid();
    assertThat(run(command, "initialise", "BROKEN", "for now").exit()).isEqualTo(2);
    assertThat(run(command, "initialise").exit()).isZero();
    assertThat(pidsOfRuns()).containsExactly(pid, pid);
  }

  @Test
  void processThatHangs_isWaitedForAsLongAsTheHandlerMayTake() throws Exception {
    for (Path what : List.of(command, byCurlSoon)) {
      long pid = resident().pid();
      Outcome outcome = await(() -> stoppedInTime(what, pid));

      assertThat(outcome.exit()).isEqualTo(2);
      assertThat(outcome.out()).contains("\"permissionDecision\":\"deny\"");
      assertThat(outcome.stderr()).contains("1500 ms");
      assertThat(run(command, "nothing").exit()).isZero();
      assertThat(pidsOfRuns()).as("nothing runs twice").containsExactly(pid, pid);
    }
  }

  /** What becomes of a call whose process hangs; {@code null} if it was over before. */
  private static @Nullable Outcome stoppedInTime(Path what, long pid) throws Exception {
    forgetRuns();
    CompletableFuture<Outcome> answer =
        start(what, "await " + temp.resolve("never"), "DEADLINE_MILLIS", "1500");
    await(() -> (pidsOfRuns().isEmpty() && !answer.isDone()) ? null : true);
    kill(pid, "STOP");
    Outcome outcome = answer.get();
    kill(pid, "CONT");
    boolean ran = !pidsOfRuns().isEmpty();
    return ran && outcome.stderr().contains("did not come to an end") ? outcome : null;
  }

  @Test
  void processThatHangs_doesNotKeepACallThatIsToldToEnd() throws Exception {
    for (Path what : List.of(command, byCurl)) {
      long pid = resident().pid();
      ProcessBuilder builder = new ProcessBuilder(what.toString()).directory(temp.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment());
      Process process = builder.start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(event("await " + temp.resolve("never")));
      }
      await(() -> pidsOfRuns().isEmpty() ? null : true);
      kill(pid, "STOP");
      process.toHandle().destroy();

      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
          .contains("\"permissionDecision\":\"deny\"");
      assertThat(process.waitFor()).isEqualTo(2);
      kill(pid, "KILL");
      assertThat(pidsOfRuns()).containsExactly(pid);
    }
  }
}
