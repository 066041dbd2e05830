package dev.hookbus.config;

import java.util.Set;

/**
 * Hooks by name: all, none, or some.
 *
 * @param all whether every hook is meant; then there are no names
 * @param names the hooks that are meant
 */
public record HookSelection(boolean all, Set<String> names) {

  /** Every hook. */
  public static final HookSelection ALL = new HookSelection(true, Set.of());

  /** No hook. */
  public static final HookSelection NONE = new HookSelection(false, Set.of());

  /** Copies the names. */
  public HookSelection {
    names = all ? Set.of() : Set.copyOf(names);
  }

  /** These hooks. */
  public static HookSelection of(String... names) {
    return new HookSelection(false, Set.of(names));
  }

  /** Whether {@code hook} is meant. */
  public boolean includes(String hook) {
    return all || names.contains(hook);
  }

  /** As the flag has it: {@code all}, {@code none}, or names with commas between them. */
  @Override
  public String toString() {
    return all ? "all" : names.isEmpty() ? "none" : String.join(",", names);
  }
}
