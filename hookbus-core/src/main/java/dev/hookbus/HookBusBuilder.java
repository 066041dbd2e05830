package dev.hookbus;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.hookbus.config.DeliveryMode;
import dev.hookbus.config.Flag;
import dev.hookbus.config.HookBusConfig;
import dev.hookbus.config.HookBusConfigException;
import dev.hookbus.config.HookSelection;
import dev.hookbus.config.KillSwitch;
import dev.hookbus.payload.RedactionMode;
import dev.hookbus.payload.Redactor;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import dev.hookbus.sink.Sink;
import dev.hookbus.store.Durability;
import dev.hookbus.store.StoreUrl;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a bus without environment variables. Every setting has the default of its flag, except that
 * the bus is on.
 *
 * <pre>{@code
 * HookBus bus =
 *     HookBus.builder().database(Path.of("hooks.db")).dedupeTtl(Duration.ofHours(1)).build();
 * }</pre>
 */
public final class HookBusBuilder {

  /** Reports flags that can't be used. */
  record BadFlags(Problems problems) implements Consumer<String> {

    @Override
    public void accept(String flag) {
      problems.report(Problem.BAD_FLAG, flag);
    }
  }

  private final Problems problems;
  private boolean enabled;
  private Path database;
  private @Nullable StoreUrl storeUrl;
  private int maxBytes;
  private boolean compress;
  private boolean storeRaw;
  private RedactionMode redaction;
  private HookSelection dedupe;
  private Duration dedupeTtl;
  private Duration retention;
  private Durability durability;
  private @Nullable Duration storeBudget;
  private int poolSize;
  private Set<String> hooks;
  private int rolloutPercent;
  private Set<String> sinkNames;
  private DeliveryMode delivery;
  private final List<Sink> sinks = new ArrayList<>();
  private String sessionId;
  private @Nullable String runId;
  private @Nullable String traceparent;
  private @Nullable BooleanSupplier enabledWhen;
  private @Nullable Redactor redactor;
  private Clock clock = Clock.systemUTC();

  HookBusBuilder() {
    this(HookBusConfig.defaults(), new Problems());
    this.enabled = true;
    this.storeBudget = null;
  }

  HookBusBuilder(HookBusConfig config, Problems problems) {
    this.problems = problems;
    this.enabled = config.enabled();
    this.database = config.database();
    this.storeUrl = config.storeUrl();
    this.maxBytes = config.maxBytes();
    this.compress = config.compress();
    this.storeRaw = config.storeRaw();
    this.redaction = config.redaction();
    this.dedupe = config.dedupe();
    this.dedupeTtl = config.dedupeTtl();
    this.retention = config.retention();
    this.durability = config.durability();
    this.storeBudget = config.storeBudget();
    this.poolSize = config.poolSize();
    this.hooks = config.hooks();
    this.rolloutPercent = config.rolloutPercent();
    this.sinkNames = config.sinks();
    this.delivery = config.delivery();
    this.sessionId = config.sessionId();
    this.runId = config.runId();
    this.traceparent = config.traceparent();
  }

  /** Starts from settings made elsewhere, such as {@link HookBusConfig#fromEnvironment()}. */
  public static HookBusBuilder from(HookBusConfig config) {
    return new HookBusBuilder(config, new Problems());
  }

  /** The master switch; on by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder enabled(boolean enabled) {
    this.enabled = enabled;
    return this;
  }

  /**
   * A switch of your own, asked at every call. By default the bus stops while the system property
   * {@code hookbus.enabled} is {@code false} or a file {@code OFF} lies beside the database.
   */
  @CanIgnoreReturnValue
  public HookBusBuilder enabledWhen(BooleanSupplier enabledWhen) {
    this.enabledWhen = enabledWhen;
    return this;
  }

  /** The SQLite file; made at the first guarded call. */
  @CanIgnoreReturnValue
  public HookBusBuilder database(Path database) {
    this.database = database;
    return this;
  }

  /**
   * The PostgreSQL store this machine shares with others; none by default. The driver must be on
   * the class path. Events, and records the server does not take, stay in the {@linkplain #database
   * file}.
   *
   * @param jdbcUrl such as {@code jdbc:postgresql://db.example.org/hookbus?user=hooks}
   * @throws HookBusConfigException if it is no such URL
   */
  @CanIgnoreReturnValue
  public HookBusBuilder storeUrl(String jdbcUrl) {
    try {
      this.storeUrl = StoreUrl.of(jdbcUrl);
    } catch (IllegalArgumentException e) {
      throw new HookBusConfigException(Flag.HOOKBUS_STORE_URL + " " + e.getMessage());
    }
    return this;
  }

  /** Most UTF-8 bytes of a payload or output that are kept; 200,000 by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder maxBytes(int maxBytes) {
    this.maxBytes = maxBytes;
    return this;
  }

  /** Whether stored payloads are compressed; not by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder compress(boolean compress) {
    this.compress = compress;
    return this;
  }

  /** Whether redacted payloads are stored, or only their sizes and hashes, the default. */
  @CanIgnoreReturnValue
  public HookBusBuilder storeRaw(boolean storeRaw) {
    this.storeRaw = storeRaw;
    return this;
  }

  /** How much the built-in redactor removes; strict by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder redaction(RedactionMode redaction) {
    this.redaction = redaction;
    return this;
  }

  /** A redactor with rules of your own, in place of the built-in one. */
  @CanIgnoreReturnValue
  public HookBusBuilder redactor(Redactor redactor) {
    this.redactor = redactor;
    return this;
  }

  /** The hooks whose keys count, all by default; calls of the others each run. */
  @CanIgnoreReturnValue
  public HookBusBuilder dedupe(HookSelection dedupe) {
    this.dedupe = dedupe;
    return this;
  }

  /** How long completed keys stay taken; an hour by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder dedupeTtl(Duration dedupeTtl) {
    this.dedupeTtl = dedupeTtl;
    return this;
  }

  /** How long log rows are kept; seven days by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder retention(Duration retention) {
    this.retention = retention;
    return this;
  }

  /** When a record is safe; {@link Durability#SYNC} by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder durability(Durability durability) {
    this.durability = durability;
    return this;
  }

  /**
   * Most time one guarded call waits for a stalled store; 250 ms by default, a second where the
   * store is shared.
   */
  @CanIgnoreReturnValue
  public HookBusBuilder storeBudget(Duration storeBudget) {
    this.storeBudget = storeBudget;
    return this;
  }

  /** Database connections; 1 by default, which is right for hooks. */
  @CanIgnoreReturnValue
  public HookBusBuilder poolSize(int poolSize) {
    this.poolSize = poolSize;
    return this;
  }

  /** Guards only these hooks; all by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder hooks(Set<String> hooks) {
    this.hooks = hooks;
    return this;
  }

  /** Guards only this percentage of sessions; 100 by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder rolloutPercent(int rolloutPercent) {
    this.rolloutPercent = rolloutPercent;
    return this;
  }

  /** Sinks by name, made of their flags, as {@code HOOKBUS_SINKS} lists them; none by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder sinks(Set<String> names) {
    this.sinkNames = names;
    return this;
  }

  /**
   * Adds a sink made by the application. It is served by this process, and closed with the bus;
   * choose {@link DeliveryMode#BACKGROUND} or {@link DeliveryMode#INLINE}, or the first is taken.
   */
  @CanIgnoreReturnValue
  public HookBusBuilder sink(Sink sink) {
    this.sinks.add(sink);
    return this;
  }

  /** Who carries events to the sinks; {@link DeliveryMode#DRAIN} by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder delivery(DeliveryMode delivery) {
    this.delivery = delivery;
    return this;
  }

  /** Session of calls that name none. */
  @CanIgnoreReturnValue
  public HookBusBuilder sessionId(String sessionId) {
    this.sessionId = sessionId;
    return this;
  }

  /** The run all calls belong to; worked out from the session by default. */
  @CanIgnoreReturnValue
  public HookBusBuilder runId(String runId) {
    this.runId = runId;
    return this;
  }

  /** The clock by which keys expire and rows are dated; for tests. */
  @CanIgnoreReturnValue
  public HookBusBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /**
   * The bus. The database is not opened yet.
   *
   * @throws HookBusConfigException naming the first setting that is out of its limits, or the sink
   *     that can't be made
   */
  public HookBus build() {
    return start(
        problem -> {
          throw new HookBusConfigException(problem);
        });
  }

  /** The bus; a sink that can't be made is reported, and its events wait for better settings. */
  HookBus buildLeniently() {
    return start(new BadFlags(problems));
  }

  private HookBus start(Consumer<String> onBadFlag) {
    HookBusConfig config = config();
    if (!config.enabled()) {
      return HookBus.disabled();
    }
    return DefaultHookBus.start(
        config,
        enabledWhen == null ? new KillSwitch(config.database()) : enabledWhen,
        redactor == null ? Redactor.of(config.redaction()) : redactor,
        sinks,
        clock,
        problems,
        onBadFlag);
  }

  private HookBusConfig config() {
    return new HookBusConfig(
        enabled,
        database,
        storeUrl,
        maxBytes,
        compress,
        storeRaw,
        redaction,
        dedupe,
        dedupeTtl,
        retention,
        durability,
        storeBudget == null ? HookBusConfig.defaultBudget(storeUrl) : storeBudget,
        poolSize,
        hooks,
        rolloutPercent,
        sinkNames,
        delivery,
        sessionId,
        runId,
        traceparent);
  }
}
