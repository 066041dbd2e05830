package dev.hookbus;

import dev.hookbus.config.HookBusConfigException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was chosen for a guard.
 *
 * @param ttl {@code null} for the bus's
 * @param timeout {@code null} for none
 */
record GuardSettings(
    String hook,
    String event,
    @Nullable String tool,
    @Nullable Duration ttl,
    Duration lease,
    @Nullable Duration timeout,
    Duration waitForInProgress,
    boolean failClosed,
    boolean keepKeyOnFailure) {

  /** Builds settings and, from them, a guard. */
  static final class Builder implements Guard.Builder {

    /** The longest that agent hosts let a hook run unless told otherwise. */
    private static final Duration DEFAULT_LEASE = Duration.ofMinutes(10);

    /** Lets a body that was interrupted come to its end before its key can be taken. */
    private static final Duration LEASE_AFTER_TIMEOUT = Duration.ofSeconds(30);

    private final String hook;
    private final Function<GuardSettings, Guard> factory;
    private String event = "unknown";
    private @Nullable String tool;
    private @Nullable Duration ttl;
    private @Nullable Duration lease;
    private @Nullable Duration timeout;
    private Duration waitForInProgress = Duration.ZERO;
    private boolean failClosed;
    private boolean keepKeyOnFailure;

    Builder(String hook, Function<GuardSettings, Guard> factory) {
      if (hook.isBlank()) {
        throw new HookBusConfigException("a guard needs a hook name that is not blank");
      }
      this.hook = hook;
      this.factory = factory;
    }

    @Override
    public Builder event(String event) {
      this.event = event;
      return this;
    }

    @Override
    public Builder tool(String tool) {
      this.tool = tool;
      return this;
    }

    @Override
    public Builder ttl(Duration ttl) {
      this.ttl = positive("ttl", ttl);
      return this;
    }

    @Override
    public Builder lease(Duration lease) {
      this.lease = positive("lease", lease);
      return this;
    }

    @Override
    public Builder timeout(Duration timeout) {
      this.timeout = positive("timeout", timeout);
      return this;
    }

    @Override
    public Builder waitForInProgress(Duration wait) {
      this.waitForInProgress = positive("waitForInProgress", wait);
      return this;
    }

    @Override
    public Builder failClosed() {
      this.failClosed = true;
      return this;
    }

    @Override
    public Builder keepKeyOnFailure() {
      this.keepKeyOnFailure = true;
      return this;
    }

    @Override
    public Guard build() {
      return factory.apply(
          new GuardSettings(
              hook,
              event,
              tool,
              ttl,
              chosenLease(),
              timeout,
              waitForInProgress,
              failClosed,
              keepKeyOnFailure));
    }

    private Duration chosenLease() {
      if (lease == null) {
        return timeout == null ? DEFAULT_LEASE : timeout.plus(LEASE_AFTER_TIMEOUT);
      }
      if (timeout != null && lease.compareTo(timeout) < 0) {
        throw new HookBusConfigException(
            "guard " + hook + ": the lease must not be shorter than the timeout");
      }
      return lease;
    }

    private Duration positive(String name, Duration duration) {
      if (duration.isNegative() || duration.isZero()) {
        throw new HookBusConfigException("guard " + hook + ": " + name + " must be positive");
      }
      return duration;
    }
  }
}
