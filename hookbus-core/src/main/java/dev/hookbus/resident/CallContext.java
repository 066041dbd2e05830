package dev.hookbus.resident;

import dev.hookbus.config.DeliveryMode;
import dev.hookbus.config.Flag;
import dev.hookbus.config.Surroundings;
import dev.hookbus.store.Durability;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a call sees of its client: threads that it starts see it too.
 *
 * @param environment variables; sorted, so that equal ones are equal
 * @param workingDirectory absolute
 * @param output where prints go
 */
record CallContext(Map<String, String> environment, Path workingDirectory, CallOutput output) {

  private static final InheritableThreadLocal<@Nullable CallContext> CURRENT =
      new InheritableThreadLocal<>();

  /** Said by the shell of itself, and different in each call. */
  private static final Set<String> OF_THE_SHELL = Set.of("_", "PWD", "OLDPWD", "SHLVL");

  static void enter(CallContext context) {
    CURRENT.set(context);
  }

  static @Nullable CallContext current() {
    return CURRENT.get();
  }

  /** What of the environment a bus could depend on. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(environment);
    settings.keySet().removeAll(OF_THE_SHELL);
    return settings;
  }

  /**
   * The same for a bus that stays open: while it does nobody else has to deliver, and nobody closes
   * it to have its records written.
   */
  CallContext ofSharedBus() {
    Map<String, String> changed = new TreeMap<>(environment);
    replace(changed, Flag.HOOKBUS_DELIVERY, DeliveryMode.DRAIN.name(), "background");
    replace(changed, Flag.HOOKBUS_DURABILITY, Durability.ASYNC.name(), "sync");
    return new CallContext(changed, workingDirectory, output);
  }

  private static void replace(
      Map<String, String> environment, Flag flag, String value, String with) {
    String given = environment.get(flag.name());
    String meant = given == null || given.isBlank() ? flag.defaultText() : given.strip();
    if (meant.equalsIgnoreCase(value)) {
      environment.put(flag.name(), with);
    }
  }

  private @Nullable String variable(String name) {
    String value = environment.get(name);
    return name.equals(Flag.HOOKBUS_DB.name()) && value != null && !value.isBlank()
        ? workingDirectory.resolve(value.strip()).toString()
        : value;
  }

  /** The environment and directory of the call that asks; nothing, for threads of no call. */
  enum OfCurrentCall implements Surroundings {
    INSTANCE;

    @Override
    public @Nullable String variable(String name) {
      CallContext context = CURRENT.get();
      return context == null ? null : context.variable(name);
    }

    @Override
    public Map<String, String> variables() {
      CallContext context = CURRENT.get();
      return context == null ? Map.of() : context.environment;
    }

    @Override
    public String workingDirectory() {
      CallContext context = CURRENT.get();
      return context == null ? "/" : context.workingDirectory.toString();
    }
  }
}
