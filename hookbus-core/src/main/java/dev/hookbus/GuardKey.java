package dev.hookbus;

import dev.hookbus.idempotency.KeyHash;
import org.jspecify.annotations.Nullable;

/**
 * Names a piece of work, so that it is done once. Only a hash of it is stored.
 *
 * <pre>{@code
 * GuardKey key = GuardKey.of("tool_track", "toolu_01A");
 * }</pre>
 */
public final class GuardKey {

  private static final GuardKey NONE = new GuardKey("", null);

  private final String category;
  private final @Nullable KeyHash hash;

  private GuardKey(String category, @Nullable KeyHash hash) {
    this.category = category;
    this.hash = hash;
  }

  /**
   * The key of these parts. Different parts give different keys: {@code ("a", "b:c")} is not {@code
   * ("a", "b", "c")}, and {@code null} is not {@code "null"}.
   *
   * @param category says what kind of work it is; stored in clear, so keep identifiers out of it
   * @param parts tell this piece of work from others of its kind, by their {@code toString()}
   */
  public static GuardKey of(String category, @Nullable Object... parts) {
    return new GuardKey(category, KeyHash.unambiguous(category, parts));
  }

  /**
   * The key the Python HookBus makes of these parts, for whoever keeps its keys elsewhere, such as
   * in file names. The two share no database. Parts that hold colons can collide.
   */
  public static GuardKey compatible(String category, @Nullable Object... parts) {
    return new GuardKey(category, KeyHash.compatible(category, parts));
  }

  /** No key: the work runs every time, and is still timed and recorded. */
  public static GuardKey none() {
    return NONE;
  }

  /** The category as given; empty for {@link #none()}. */
  public String category() {
    return category;
  }

  @Nullable KeyHash hash() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GuardKey that
        && category.equals(that.category)
        && (hash == null ? that.hash == null : hash.equals(that.hash));
  }

  @Override
  public int hashCode() {
    return hash == null ? 0 : hash.hashCode();
  }

  /** Category and hash, as lists of keys show them. */
  @Override
  public String toString() {
    return hash == null ? "none" : category + ":" + hash.toHex();
  }
}
