package dev.hookbus.policy;

/**
 * Judges actions. Must be thread-safe.
 *
 * <pre>{@code
 * Validator noDeploysOnFriday =
 *     action ->
 *         action instanceof Action.Command command && command.line().contains("deploy")
 *             ? Opinion.ask("It is Friday: deploy now?")
 *             : Opinion.allow();
 * }</pre>
 *
 * @see Validators
 */
@FunctionalInterface
public interface Validator {

  /**
   * Judges one action. A command comes first, and after it, as actions of their own, the files it
   * would read, write and delete as far as they can be told from its text.
   *
   * @throws Exception if it can't tell; the policy then goes on or denies, as it was told
   */
  Opinion check(Action action) throws Exception;
}
