package dev.hookbus.faults;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.GuardScope;
import dev.hookbus.HookBus;
import dev.hookbus.safety.Problem;
import java.time.Duration;
import java.util.Random;

/**
 * Claims keys in turn, waiting for those that another owner holds, and says by both clocks when it
 * asked, when it was given the key, and when it gave the key back. Now and then it sleeps beyond
 * its lease, so that it is overtaken. The lines:
 *
 * <pre>
 * got KEY FENCE ASKED GIVEN      the key is ours; each time is WALL_MILLIS/MONOTONIC_NANOS
 * done KEY FENCE SETTLED         the work is on record: the key must not be given again
 * overtaken KEY FENCE SETTLED    the library said that another owner had taken the key
 * left KEY FENCE SETTLED         the store failed; whether the key is settled is not known
 * </pre>
 */
final class Claimer {

  private final Bench bench;
  private final Duration lease;
  private final int sleepsOneIn;
  private final Random random;

  /**
   * A claimer.
   *
   * @param sleepsOneIn one key in so many is kept beyond the lease; none if this is 0
   */
  Claimer(Bench bench, Duration lease, int sleepsOneIn, long seed) {
    this.bench = bench;
    this.lease = lease;
    this.sleepsOneIn = sleepsOneIn;
    this.random = new Random(seed);
  }

  /** Claims {@code count} keys from {@code first} on; answers how many it got. */
  String claim(String prefix, long first, long count) throws InterruptedException {
    Guard guard =
        bench
            .bus()
            .guard("claimer")
            .failClosed()
            .lease(lease)
            .ttl(Duration.ofHours(1))
            .waitForInProgress(lease.multipliedBy(4))
            .build();
    long got = 0;
    for (long n = first; n < first + count; n++) {
      String name = prefix + "-" + n;
      Moment asked = Moment.now();
      try (GuardScope scope = guard.open(GuardKey.of("claim", name))) {
        Moment given = Moment.now();
        if (scope.shouldRun()) {
          got++;
          work(scope, name + " " + scope.fence(), asked + " " + given);
        }
      }
    }
    return Long.toString(got);
  }

  private void work(GuardScope scope, String owner, String moments) throws InterruptedException {
    bench.say("got " + owner + " " + moments);
    boolean sleeps = sleepsOneIn > 0 && random.nextInt(sleepsOneIn) == 0;
    Thread.sleep(sleeps ? lease.toMillis() + 50 : random.nextInt(3));
    Moment settled = Moment.now();
    bench.say(settle(scope) + " " + owner + " " + settled);
  }

  private String settle(GuardScope scope) {
    HookBus bus = bench.bus();
    long overtaken = count(bus, Problem.LEASE_LOST);
    long lost = count(bus, Problem.RECORD_LOST);
    scope.complete();
    scope.close();
    return count(bus, Problem.LEASE_LOST) > overtaken
        ? "overtaken"
        : count(bus, Problem.RECORD_LOST) > lost ? "left" : "done";
  }

  private static long count(HookBus bus, Problem problem) {
    return bus.telemetry().problems().getOrDefault(problem, 0L);
  }
}
