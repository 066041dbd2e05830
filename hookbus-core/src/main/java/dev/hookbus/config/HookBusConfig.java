package dev.hookbus.config;

import dev.hookbus.payload.RedactionMode;
import dev.hookbus.store.Durability;
import dev.hookbus.store.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of a bus. Immutable; made by {@link #fromEnvironment()} or by {@code
 * HookBus.builder()}.
 *
 * @param enabled the master switch
 * @param database the SQLite file
 * @param storeUrl the store this machine shares with others, or {@code null}
 * @param maxBytes most UTF-8 bytes of a payload or an output that are kept; at least 256
 * @param compress whether stored payloads are compressed
 * @param storeRaw whether redacted payloads are stored, or only their sizes and hashes
 * @param redaction how much is redacted
 * @param dedupe the hooks whose keys count
 * @param dedupeTtl how long a completed key stays taken; positive
 * @param retention how long log rows are kept; positive
 * @param durability when a record is safe
 * @param storeBudget most time one guarded call waits for the store; positive
 * @param poolSize database connections; at least 1
 * @param hooks names of the hooks to guard; empty means all
 * @param rolloutPercent percentage of sessions to guard, 0 to 100
 * @param sinks names of the sinks that get every event; none by default
 * @param delivery who delivers to them
 * @param sessionId session of calls that name none
 * @param runId the run as the process was told, or {@code null}
 * @param traceparent the trace the process was started in, or {@code null}
 */
public record HookBusConfig(
    boolean enabled,
    Path database,
    @Nullable StoreUrl storeUrl,
    int maxBytes,
    boolean compress,
    boolean storeRaw,
    RedactionMode redaction,
    HookSelection dedupe,
    Duration dedupeTtl,
    Duration retention,
    Durability durability,
    Duration storeBudget,
    int poolSize,
    Set<String> hooks,
    int rolloutPercent,
    Set<String> sinks,
    DeliveryMode delivery,
    String sessionId,
    @Nullable String runId,
    @Nullable String traceparent) {

  static final int SMALLEST_MAX_BYTES = 256;

  private static final Duration FILE_BUDGET = Duration.ofMillis(250);
  private static final Duration SERVER_BUDGET = Duration.ofSeconds(1);

  /**
   * Checks every limit.
   *
   * @throws HookBusConfigException naming the first setting that is out of its limits
   */
  public HookBusConfig {
    hooks = Set.copyOf(hooks);
    sinks = Set.copyOf(sinks);
    check(
        maxBytes >= SMALLEST_MAX_BYTES,
        Flag.HOOKBUS_MAX_BYTES,
        "takes at least " + SMALLEST_MAX_BYTES);
    check(isPositive(dedupeTtl), Flag.HOOKBUS_DEDUPE_TTL, "must be positive");
    check(isPositive(retention), Flag.HOOKBUS_RETENTION_DAYS, "must be positive");
    check(isPositive(storeBudget), Flag.HOOKBUS_BUDGET_MS, "must be positive");
    check(poolSize >= 1 && poolSize <= 64, Flag.HOOKBUS_POOL_SIZE, "takes 1 to 64");
    check(
        rolloutPercent >= 0 && rolloutPercent <= 100,
        Flag.HOOKBUS_ROLLOUT_PERCENT,
        "takes 0 to 100");
  }

  /**
   * The settings of this process's environment and system properties.
   *
   * @throws HookBusConfigException naming every flag that has a value that can't be used
   */
  public static HookBusConfig fromEnvironment() {
    List<String> problems = new ArrayList<>();
    HookBusConfig config = read(FlagReader.process(), problems::add);
    if (!problems.isEmpty()) {
      throw new HookBusConfigException(String.join("; ", problems));
    }
    return config;
  }

  /**
   * As {@link #fromEnvironment()}, but a flag that can't be used keeps its safe default: a typing
   * error on a fleet must not stop anybody's tools.
   *
   * @param onProblem told, in a line, which flag is wrong and what it takes
   */
  public static HookBusConfig fromEnvironment(Consumer<String> onProblem) {
    return read(FlagReader.process(), onProblem);
  }

  /** Every flag at its default; only the home directory is taken from the environment. */
  public static HookBusConfig defaults() {
    return from(
        name -> name.equals("HOME") || name.equals("USERPROFILE") ? System.getenv(name) : null,
        problem -> {
          // No home directory; a builder may name the file itself.
        });
  }

  /**
   * The value of a variable of this process, as flags are looked up: a system property (lower case,
   * dots for underscores) wins over the environment.
   */
  public static @Nullable String variable(String name) {
    return FlagReader.processVariable(name);
  }

  /** The directory in which relative names are looked up, and events happen. */
  public static String workingDirectory() {
    Surroundings other = FlagReader.surroundings;
    return other == null ? System.getProperty("user.dir", "") : other.workingDirectory();
  }

  /**
   * The variables of a process that is started on behalf of this one, or of the call that it
   * serves.
   */
  public static Map<String, String> variables() {
    Surroundings other = FlagReader.surroundings;
    return other == null ? System.getenv() : other.variables();
  }

  /**
   * Takes variables and the working directory from here instead of this process, for a process that
   * serves the calls of others. Asked on the thread that wants to know.
   */
  public static void inSurroundings(Surroundings surroundings) {
    FlagReader.surroundings = surroundings;
  }

  /**
   * Reads flags from anywhere.
   *
   * @param lookup the value of a variable by its name, or {@code null}; also asked for {@code HOME}
   * @param onProblem told which flag is wrong; if it returns, the safe default holds
   */
  public static HookBusConfig from(
      Function<String, @Nullable String> lookup, Consumer<String> onProblem) {
    return read(new FlagReader(lookup), onProblem);
  }

  private static HookBusConfig read(FlagReader flags, Consumer<String> onProblem) {
    FlagReader.Typed typed = flags.typed(onProblem);
    StoreUrl storeUrl = typed.storeUrl();
    return new HookBusConfig(
        typed.bool(Flag.HOOKBUS_ENABLED),
        typed.database(),
        storeUrl,
        typed.integer(Flag.HOOKBUS_MAX_BYTES, SMALLEST_MAX_BYTES, Integer.MAX_VALUE, 200_000),
        typed.bool(Flag.HOOKBUS_COMPRESS),
        typed.bool(Flag.HOOKBUS_STORE_RAW),
        typed.choice(
            flags.isSet(Flag.HOOKBUS_REDACTION) ? Flag.HOOKBUS_REDACTION : Flag.ZO_REDACTION_MODE,
            RedactionMode.STRICT),
        flags.selection(Flag.HOOKBUS_DEDUPE),
        Duration.ofSeconds(typed.integer(Flag.HOOKBUS_DEDUPE_TTL, 1, Integer.MAX_VALUE, 3600)),
        Duration.ofDays(typed.integer(Flag.HOOKBUS_RETENTION_DAYS, 1, 36_500, 7)),
        typed.choice(Flag.HOOKBUS_DURABILITY, Durability.SYNC),
        Duration.ofMillis(
            typed.integer(
                Flag.HOOKBUS_BUDGET_MS, 1, 600_000, (int) defaultBudget(storeUrl).toMillis())),
        typed.integer(Flag.HOOKBUS_POOL_SIZE, 1, 64, 1),
        flags.names(Flag.HOOKBUS_HOOKS),
        flags.isSet(Flag.HOOKBUS_ROLLOUT_PERCENT)
            // Whoever mistypes a percentage wanted a partial rollout, not a full one.
            ? typed.integer(Flag.HOOKBUS_ROLLOUT_PERCENT, 0, 100, 0)
            : 100,
        flags.names(Flag.HOOKBUS_SINKS),
        typed.choice(Flag.HOOKBUS_DELIVERY, DeliveryMode.DRAIN),
        flags.textOr(
            Flag.CLAUDE_SESSION_ID,
            flags.textOr(Flag.CLAUDE_CODE_SESSION_ID, Flag.CLAUDE_SESSION_ID.defaultText())),
        flags.text(Flag.CLAUDE_RUN_ID),
        flags.text(Flag.TRACEPARENT));
  }

  /**
   * How long a call waits for its store by default: a server is further away than a file, and a
   * process that lives for one call has to connect to it.
   */
  public static Duration defaultBudget(@Nullable StoreUrl storeUrl) {
    return storeUrl == null ? FILE_BUDGET : SERVER_BUDGET;
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void check(boolean holds, Flag flag, String rule) {
    if (!holds) {
      throw new HookBusConfigException(flag + " " + rule);
    }
  }
}
