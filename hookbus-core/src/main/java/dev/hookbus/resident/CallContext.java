package dev.hookbus.resident;

import dev.hookbus.config.DeliveryMode;
import dev.hookbus.config.Flag;
import dev.hookbus.config.Surroundings;
import dev.hookbus.correlation.RunId;
import dev.hookbus.correlation.TraceParent;
import dev.hookbus.store.Durability;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a call sees of its client: threads that it starts see it too.
 *
 * @param environment variables
 * @param workingDirectory absolute
 * @param output where prints go
 * @param asked told what is looked up, or {@code null}
 */
record CallContext(
    Map<String, String> environment,
    Path workingDirectory,
    CallOutput output,
    @Nullable Asked asked) {

  private static final InheritableThreadLocal<@Nullable CallContext> CURRENT =
      new InheritableThreadLocal<>();

  static void enter(CallContext context) {
    CURRENT.set(context);
  }

  static @Nullable CallContext current() {
    return CURRENT.get();
  }

  /** A call's. */
  static CallContext of(Map<String, String> environment, Path workingDirectory) {
    return new CallContext(environment, workingDirectory, new CallOutput(), null);
  }

  /**
   * The same for a bus that stays open: while it does nobody else has to deliver, and nobody closes
   * it to have its records written or its events delivered.
   *
   * @param recorder told what is looked up, or {@code null}
   */
  CallContext ofSharedBus(@Nullable Asked recorder) {
    Map<String, String> changed = new TreeMap<>(environment);
    replace(changed, Flag.HOOKBUS_DELIVERY, DeliveryMode.DRAIN.name(), "background");
    replace(changed, Flag.HOOKBUS_DELIVERY, DeliveryMode.INLINE.name(), "background");
    replace(changed, Flag.HOOKBUS_DURABILITY, Durability.ASYNC.name(), "sync");
    nameRun(changed);
    return new CallContext(changed, workingDirectory, output, recorder);
  }

  /** The run is all that a bus takes from a trace, and each call has a span of its own. */
  private static void nameRun(Map<String, String> environment) {
    String trace = environment.remove(Flag.TRACEPARENT.name());
    Optional<TraceParent> parent =
        trace == null ? Optional.empty() : TraceParent.parse(trace.strip());
    String told = environment.get(Flag.CLAUDE_RUN_ID.name());
    if (parent.isPresent() && (told == null || told.isBlank())) {
      RunId run = parent.get().runId();
      environment.put(Flag.CLAUDE_RUN_ID.name(), run.toString());
    }
  }

  private static void replace(
      Map<String, String> environment, Flag flag, String value, String with) {
    String given = environment.get(flag.name());
    String meant = given == null || given.isBlank() ? flag.defaultText() : given.strip();
    if (meant.equalsIgnoreCase(value)) {
      environment.put(flag.name(), with);
    }
  }

  /** A variable as it is told; the database is named from the working directory. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    String told =
        name.equals(Flag.HOOKBUS_DB.name()) && value != null && !value.isBlank()
            ? workingDirectory.resolve(value.strip()).toString()
            : value;
    if (asked != null) {
      asked.forVariable(name, told);
    }
    return told;
  }

  private Map<String, String> variables() {
    if (asked != null) {
      asked.forAll(environment);
    }
    return environment;
  }

  private String directory() {
    if (asked != null) {
      asked.forWorkingDirectory(workingDirectory);
    }
    return workingDirectory.toString();
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
      return context == null ? Map.of() : context.variables();
    }

    @Override
    public String workingDirectory() {
      CallContext context = CURRENT.get();
      return context == null ? "/" : context.directory();
    }
  }
}
