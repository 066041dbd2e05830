package dev.hookbus.resident;

import static dev.hookbus.launch.Commands.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.launch.Commands.Outcome;
import dev.hookbus.resident.Resident.State;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people see of resident processes, and what they can do about them. */
class ResidentCareTest extends ResidentFixture {

  private static @Nullable Resident withPid(long pid) throws IOException {
    for (Resident resident : Resident.all(directory())) {
      if (resident.pid() == pid) {
        return resident;
      }
    }
    return null;
  }

  private static void awaitEndOf(long pid) throws Exception {
    await(() -> ProcessIdentity.of(pid) == null ? true : null);
  }

  @Test
  void processThatDoesNotAnswer_isShownAsStuckAndEnded() throws Exception {
    Resident resident = resident();
    kill(resident.pid(), "STOP");
    List<SocketChannel> waiting = new ArrayList<>();
    try {
      fillQueue(resident.socket(), waiting);
      Outcome list = hookbus("resident", "list");
      assertThat(list.exit()).isEqualTo(1);
      assertThat(list.out()).contains(resident.pid() + "  stuck");
      assertThat(list.stderr()).contains("hookbus resident stop");

      Outcome stop = hookbus("resident", "stop");
      assertThat(stop.out())
          .isEqualTo("Killed process %d, which did not answer.\n", resident.pid());
      assertThat(stop.exit()).isZero();
      assertThat(ProcessIdentity.of(resident.pid())).isNull();
      assertThat(resident.socket()).doesNotExist();
    } finally {
      for (SocketChannel one : waiting) {
        one.close();
      }
    }
    assertThat(resident().pid()).isNotEqualTo(resident.pid());
  }

  /** A process that accepts nothing has a queue of some length. */
  private static void fillQueue(Path socket, List<SocketChannel> waiting) throws IOException {
    while (waiting.size() < 10_000) {
      SocketChannel one = SocketChannel.open(StandardProtocolFamily.UNIX);
      waiting.add(one);
      one.configureBlocking(false);
      try {
        if (!one.connect(UnixDomainSocketAddress.of(socket))) {
          return;
        }
      } catch (IOException full) {
        return;
      }
    }
    throw new AssertionError("there is no end to the queue");
  }

  @Test
  void processThatHasTheNumberOfOneThatIsGone_isLeftAlone() throws Exception {
    long pid = resident().pid();
    Process other = new ProcessBuilder("sleep", "600").start();
    Path socket = directory().resolve("other.socket");
    Path lock = directory().resolve("other.lock");
    try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      deaf.bind(UnixDomainSocketAddress.of(socket));
      ProcessIdentity sleeping = await(() -> ProcessIdentity.of(other.pid()));
      Occupant earlier =
          new Occupant(
              "other",
              new ProcessIdentity(sleeping.pid(), sleeping.startTicks() - 1),
              Instant.EPOCH,
              "");
      Files.writeString(lock, earlier.toJson());
      Outcome stop = hookbus("resident", "stop");
      assertThat(stop.exit()).isEqualTo(1);
      assertThat(stop.stderr()).contains("nothing tells which process listens at " + socket);
      assertThat(stop.out()).as("and the others").contains("Stopped process " + pid);
      assertThat(other.isAlive()).isTrue();

      Files.writeString(lock, new Occupant("other", sleeping, Instant.EPOCH, "").toJson());
      Resident known = withPid(other.pid());
      assertThat(known).extracting(Resident::state).isEqualTo(State.STUCK);
      known.stop();
      assertThat(other.waitFor()).isEqualTo(128 + 15);
    } finally {
      other.destroyForcibly();
      Files.deleteIfExists(socket);
      Files.deleteIfExists(lock);
    }
    awaitEndOf(pid);
  }

  @Test
  void socketThatWasLeftBehind_isShownAndRemoved() throws Exception {
    Resident resident = resident();
    kill(resident.pid(), "KILL");
    awaitEndOf(resident.pid());
    Outcome list = hookbus("resident", "list");
    assertThat(list.exit()).isZero();
    assertThat(list.out()).contains(resident.pid() + "  left behind");

    Outcome stop = hookbus("resident", "stop");
    assertThat(stop.exit()).isZero();
    assertThat(stop.out()).contains("Removed " + resident.socket());
    assertThat(resident.socket()).doesNotExist();
    assertThat(hookbus("resident", "list").out()).startsWith("No process runs in " + directory());
  }

  @Test
  void processThatEnds_makesRoomForTheNextWhileItsCallsGoOn() throws Exception {
    long first = resident().pid();
    Path go = temp.resolve("go-at-last");
    CompletableFuture<Outcome> open = start(command, "await " + go);
    await(() -> pidsOfRuns().isEmpty() ? null : true);
    Outcome stop = hookbus("resident", "stop");
    assertThat(stop.out())
        .isEqualTo("Stopped process %d; it ends when its open calls are over: 1.\n", first);
    assertThat(hookbus("resident", "list").out())
        .contains(first + "  ending")
        .doesNotContain("starting");

    long second = resident().pid();
    assertThat(second).isNotEqualTo(first);
    assertThat(run(command, "nothing").exit()).isZero();
    assertThat(pidsOfRuns()).containsExactly(second);
    assertThat(withPid(first)).extracting(Resident::state).isEqualTo(State.ENDING);
    forgetRuns();

    assertThat(hookbus("resident", "stop", "--now").out())
        .contains("Ended process " + first + ".", "Ended process " + second + ".");
    assertThat(Resident.all(directory())).isEmpty();
    await(() -> pidsOfRuns().isEmpty() ? null : true);
    Files.createFile(go);
    assertThat(open.get().out()).as("of its second run").contains("\"ask\"");
    assertThat(pidsOfRuns()).hasSize(1).doesNotContain(first, second);
  }

  @Test
  void processThatFindsAnother_leavesAtOnce() throws Exception {
    Resident resident = resident();
    RunDirectory place = RunDirectory.at(directory());
    String version = RunDirectory.versionOf(resident.socket());
    Path mark = Files.createFile(place.starting(version));
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ResidentProcess.class.getName(),
                directory().toString(),
                version,
                "1800")
            .start();

    assertThat(other.waitFor()).isZero();
    assertThat(mark).doesNotExist();
    assertThat(withPid(resident.pid())).extracting(Resident::state).isEqualTo(State.RUNNING);
  }

  @Test
  void whatKilledCallsLeft_goesWhenTheNextProcessStarts() throws Exception {
    Resident killed = resident();
    killed.stopNow();
    List<Path> old = new ArrayList<>();
    String version = RunDirectory.versionOf(killed.socket());
    old.add(Files.createFile(directory().resolve(version + ".opening")));
    List<Path> kept = new ArrayList<>();
    for (String suffix : List.of("", ".taken", ".kept", ".answer")) {
      old.add(Files.createFile(directory().resolve(UUID.randomUUID() + suffix)));
      kept.add(Files.createFile(directory().resolve(UUID.randomUUID() + suffix)));
    }
    kept.add(Files.createFile(directory().resolve("notes of my own")));
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
    for (Path file : old) {
      Files.setLastModifiedTime(file, longAgo);
    }
    Files.setLastModifiedTime(kept.get(kept.size() - 1), longAgo);
    old.add(Files.write(directory().resolve("version-1.ending"), "{}".getBytes(UTF_8)));
    old.add(directory().resolve("earlier.socket"));
    try (ServerSocketChannel ended = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      ended.bind(UnixDomainSocketAddress.of(directory().resolve("earlier.socket")));
    }

    assertThat(resident().state()).isEqualTo(State.RUNNING);

    await(() -> old.stream().anyMatch(Files::exists) ? null : true);
    assertThat(kept).allMatch(Files::exists);
    for (Path file : kept) {
      Files.delete(file);
    }
  }
}
