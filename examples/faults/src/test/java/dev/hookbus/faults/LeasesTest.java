package dev.hookbus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The judge of keys must be able to say that a promise was broken, and to tell when it was not. */
class LeasesTest {

  private static final long LEASE = 300;

  private final Leases leases = new Leases(LEASE);

  private static String at(long millis) {
    return new Moment(1_000_000 + millis, 5_000_000_000L + millis * 1_000_000).toString();
  }

  private void got(long fence, long asked, long given) {
    leases.hear("got key " + fence + " " + at(asked) + " " + at(given));
  }

  @Test
  void secondOwnerWithinALiveLease_isBroken() {
    got(1, 0, 1);
    got(2, 200, 250);

    assertThat(leases.judge()).singleElement().asString().contains("lease of fence 1 was alive");
  }

  @Test
  void ownerThatSleptBeyondItsLease_isOvertakenByRight() {
    got(1, 0, 1);
    got(2, 10, 320);
    leases.hear("overtaken key 1 " + at(400));
    leases.hear("done key 2 " + at(410));

    assertThat(leases.judge()).isEmpty();
    assertThat(leases.takenOver()).isEqualTo(1);
    assertThat(leases.overtaken()).isEqualTo(1);
  }

  @Test
  void ownerThatWasKeptWaitingForTheAnswer_isJudgedByTheEarliestBeginOfItsLease() {
    // The claim may have been made at once, and only the answer come late.
    got(1, 0, 290);
    got(2, 305, 310);

    assertThat(leases.judge()).isEmpty();
  }

  @Test
  void doneKeyGivenAgain_isBroken() {
    got(1, 0, 1);
    leases.hear("done key 1 " + at(5));
    got(2, 900, 901);

    assertThat(leases.judge())
        .singleElement()
        .asString()
        .contains("although its work was on record");
  }

  @Test
  void sameFenceTwice_isBroken() {
    got(1, 0, 1);
    got(1, 900, 901);

    assertThat(leases.judge()).singleElement().asString().contains("twice with fence 1");
  }

  @Test
  void clockThatWasSet_makesNothingCertain() {
    leases.hear("got key 1 1000/1000000000 1001/1001000000");
    // By the wall clock an instant later, by the monotonic one long after the lease.
    leases.hear("got key 2 1010/9000000000 1011/9001000000");

    assertThat(leases.judge()).isEmpty();
  }
}
