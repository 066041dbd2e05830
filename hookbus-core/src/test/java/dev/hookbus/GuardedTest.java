package dev.hookbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.annotation.Guarded;
import dev.hookbus.config.HookBusConfigException;
import dev.hookbus.correlation.Correlation;
import dev.hookbus.metrics.HookStats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedTest {

  @TempDir Path directory;
  private HookBus bus;

  @BeforeEach
  void open() {
    bus = HookBus.builder().database(directory.resolve("hooks.db")).build();
  }

  @AfterEach
  void close() {
    bus.close();
  }

  record Report(String id, List<Integer> lines) {}

  interface Tracker {
    @Guarded(hook = "tracker", event = "PostToolUse", ttl = "PT1H")
    Report track(@dev.hookbus.annotation.GuardKey String id, List<Integer> lines)
        throws IOException;

    @Guarded(hook = "finder")
    Optional<String> find(@dev.hookbus.annotation.GuardKey String id);

    @Guarded(hook = "sender")
    void send(@dev.hookbus.annotation.GuardKey String id);

    @Guarded(hook = "fetcher")
    CompletionStage<Report> fetch(@dev.hookbus.annotation.GuardKey String id);

    @Guarded(hook = "counter")
    int count();

    @Guarded(hook = "slow", timeout = "PT0.02S")
    String slow() throws InterruptedException;

    default String greeting() {
      return "hello from " + plain();
    }

    String plain();

    @Guarded(hook = "known")
    String session(Invocation call);

    @Guarded(hook = "slow", timeout = "PT0.02S")
    void slowly() throws InterruptedException;
  }

  private static class TrackerInMemory implements Tracker {
    final AtomicInteger runs = new AtomicInteger();
    CompletableFuture<Report> fetched = new CompletableFuture<>();

    @Override
    public Report track(String id, List<Integer> lines) throws IOException {
      runs.incrementAndGet();
      if (id.isEmpty()) {
        throw new IOException("no id");
      }
      return new Report(id, lines);
    }

    @Override
    public Optional<String> find(String id) {
      return runs.incrementAndGet() == 1 ? Optional.of("found " + id) : Optional.empty();
    }

    @Override
    public void send(String id) {
      runs.incrementAndGet();
    }

    @Override
    public CompletionStage<Report> fetch(String id) {
      runs.incrementAndGet();
      return fetched;
    }

    @Override
    public int count() {
      return runs.incrementAndGet();
    }

    @Override
    public String slow() throws InterruptedException {
      new CountDownLatch(1).await();
      return "never";
    }

    @Override
    public String plain() {
      return "the target";
    }

    @Override
    public String session(Invocation call) {
      return Correlation.current().orElseThrow().sessionId();
    }

    @Override
    public void slowly() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  private final TrackerInMemory target = new TrackerInMemory();

  private Tracker tracker() {
    return bus.guarded(Tracker.class, target);
  }

  private HookStats stats(String hook) {
    return bus.stats(Duration.ofHours(1)).stream()
        .filter(stats -> stats.hook().equals(hook))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void duplicate_isReplayedAsTheMethodsType() throws IOException {
    Tracker tracker = tracker();
    Report first = tracker.track("a", List.of(1, 2));

    assertThat(tracker.track("a", List.of(3))).isEqualTo(first);
    assertThat(tracker.track("b", List.of(3)).id()).isEqualTo("b");
    assertThat(target.runs).hasValue(2);
    assertThat(stats("tracker").dedupeHits()).isEqualTo(1);
  }

  @Test
  void exceptionOfTheTarget_comesAsItIs() {
    assertThatThrownBy(() -> tracker().track("", List.of()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no id");
    assertThat(stats("tracker").failures()).isEqualTo(1);
  }

  @Test
  void optionalMethod_isReplayed() {
    Tracker tracker = tracker();

    assertThat(tracker.find("a")).contains("found a");
    assertThat(tracker.find("a")).contains("found a");
    assertThat(tracker.find("b")).isEmpty();
  }

  @Test
  void voidMethod_isSkipped() {
    Tracker tracker = tracker();
    tracker.send("a");
    tracker.send("a");

    assertThat(target.runs).hasValue(1);
  }

  @Test
  void stageMethod_isSettledWhenTheStageEnds() throws Exception {
    Tracker tracker = tracker();
    CompletableFuture<Report> first = tracker.fetch("a").toCompletableFuture();

    assertThat(tracker.fetch("a").toCompletableFuture().get()).isNull();
    target.fetched.complete(new Report("a", List.of()));
    assertThat(first.get()).isEqualTo(new Report("a", List.of()));
    assertThat(tracker.fetch("a").toCompletableFuture().get())
        .isEqualTo(new Report("a", List.of()));
    assertThat(target.runs).hasValue(1);
  }

  @Test
  void stageThatFails_failsItsCallersAndFreesTheKey() throws Exception {
    Tracker tracker = tracker();
    CompletableFuture<Report> first = tracker.fetch("a").toCompletableFuture();
    target.fetched.completeExceptionally(new IOException("away"));

    assertThatThrownBy(first::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
    target.fetched = CompletableFuture.completedFuture(new Report("a", List.of()));
    assertThat(tracker.fetch("a").toCompletableFuture().get()).isNotNull();
  }

  @Test
  void primitiveWithoutKey_runsEveryTime() {
    Tracker tracker = tracker();

    assertThat(tracker.count()).isEqualTo(1);
    assertThat(tracker.count()).isEqualTo(2);
  }

  @Test
  void methodOverItsTimeout_saysSo() {
    assertThatThrownBy(() -> tracker().slow())
        .isInstanceOf(GuardSkippedException.class)
        .hasMessageContaining("PT0.02S");
    assertThatThrownBy(() -> tracker().slowly()).isInstanceOf(GuardSkippedException.class);
  }

  @Test
  void parameterOfTypeInvocation_saysWhatIsKnownOfTheCall() {
    assertThat(tracker().session(Invocation.ofSession("s1"))).isEqualTo("s1");
    assertThat(tracker().session(null)).isEqualTo("unknown");
  }

  @Test
  void methodsThatAreNotAnnotated_goToTheTarget() {
    Tracker tracker = tracker();

    assertThat(tracker.plain()).isEqualTo("the target");
    assertThat(tracker.greeting()).isEqualTo("hello from the target");
    assertThat(tracker.toString()).isEqualTo(target.toString());
    assertThat(Set.of(tracker)).contains(tracker).doesNotContain(tracker());
  }

  @Test
  void disabledBus_wrapsAndCallsTheTarget() throws IOException {
    Tracker tracker = HookBus.disabled().guarded(Tracker.class, target);
    tracker.track("a", List.of());
    tracker.track("a", List.of());

    assertThat(target.runs).hasValue(2);
  }

  interface Plain {
    String plain();
  }

  interface PrimitiveWithKey {
    @Guarded(hook = "h")
    int count(@dev.hookbus.annotation.GuardKey String id);
  }

  interface KeyWithoutGuard {
    String find(@dev.hookbus.annotation.GuardKey String id);
  }

  interface BadDuration {
    @Guarded(hook = "h", ttl = "one hour")
    String find();
  }

  interface StageWithTimeout {
    @Guarded(hook = "h", timeout = "PT1S")
    CompletionStage<String> find();
  }

  private void assertRefused(Class<?> type, Object target, String... words) {
    assertThatThrownBy(() -> wrap(type, target))
        .isInstanceOf(HookBusConfigException.class)
        .hasMessageContainingAll(words);
  }

  private <T> T wrap(Class<T> type, Object target) {
    return bus.guarded(type, type.cast(target));
  }

  @Test
  void misuse_isRefusedWhenTheWrapperIsMade() {
    assertRefused(TrackerInMemory.class, target, "is no interface");
    assertRefused(Plain.class, (Plain) () -> "", "nothing to guard", "@Guarded");
    assertRefused(
        PrimitiveWithKey.class, (PrimitiveWithKey) id -> 1, "count", "primitive", "Optional");
    assertRefused(KeyWithoutGuard.class, (KeyWithoutGuard) id -> id, "find", "no @Guarded");
    assertRefused(BadDuration.class, (BadDuration) () -> "", "ttl", "PT30S");
    assertRefused(StageWithTimeout.class, (StageWithTimeout) () -> null, "no timeout", "orTimeout");
  }
}
