package dev.hookbus.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The campaign's short form: every kind of fault once, in real processes. */
class CampaignTest {

  private static final int CROWD = 8;

  /** More than a hook reads. */
  private static final long HUGE_BYTES = 64L << 20;

  /** What takes long, or differs only a little from another row. */
  private static final Set<String> ONLY_IN_THE_LONG_FORM =
      Set.of("endurance", "truncated", "halved", "deleted-with-log");

  static Stream<Named<Fault>> faults() {
    List<Fault> faults =
        Campaign.FAULTS.stream()
            .map(fault -> fault instanceof CrowdFault ? new CrowdFault(CROWD) : fault)
            .map(fault -> fault instanceof StdinFault ? new StdinFault(HUGE_BYTES) : fault)
            .filter(fault -> !ONLY_IN_THE_LONG_FORM.contains(fault.name()))
            .toList();
    return faults.stream().map(fault -> Named.of(fault.name(), fault));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_losesNothing(Fault fault) throws Exception {
    Outcome outcome = Campaign.outcome(fault, 1);

    if (outcome instanceof Outcome.Skipped skipped) {
      abort(skipped.why());
    }
    Outcome.Ran ran = (Outcome.Ran) outcome;
    assertThat(ran.losses()).as(fault.what()).isEmpty();
    assertThat(ran.accepted()).isPositive();
  }
}
