package dev.hookbus.policy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;

/**
 * Validators that together say whether an agent may do something. Immutable and thread-safe.
 *
 * <pre>{@code
 * Policy policy =
 *     Policy.builder()
 *         .failClosed("commands", Validators.commands())
 *         .failOpen("tests", Validators.testPaths(List.of("src/test")))
 *         .build();
 * Verdict verdict =
 *     policy.check(Action.command("Bash", "cd / && rm -rf *", Place.of(Path.of("/work"))));
 * if (verdict.denied()) {
 *   System.err.println(verdict.reason());
 * }
 * }</pre>
 */
public interface Policy {

  /** Starts a policy without a validator, which allows everything. */
  static Builder builder() {
    return new CombinedPolicy.PolicyBuilder();
  }

  /**
   * What the validators say together. Never throws because of a validator: one that fails denies or
   * is left out, as it was added.
   */
  Verdict check(Action action);

  /** As {@link #check(Action)}, for a tool call that is several actions at once. */
  Verdict check(List<Action> actions);

  /** Collects validators. Not thread-safe. */
  interface Builder {

    /**
     * Adds a validator whose failure denies the action.
     *
     * @param name stands in verdicts; unique in the policy
     */
    @CanIgnoreReturnValue
    Builder failClosed(String name, Validator validator);

    /**
     * Adds a validator whose failure is noted in {@link Verdict#failures()} and otherwise ignored.
     *
     * @param name stands in verdicts; unique in the policy
     */
    @CanIgnoreReturnValue
    Builder failOpen(String name, Validator validator);

    /** The policy. */
    Policy build();
  }
}
