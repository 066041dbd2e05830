package dev.hookbus.cli;

import dev.hookbus.config.Flag;
import dev.hookbus.config.HookBusConfig;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every flag with the value that holds and where it comes from. */
final class FlagReport {

  private static final String NOT_SET = "-";

  /** Flags that are read where their first name is not set. */
  private static final Map<Flag, Flag> SECOND_NAMES =
      Map.of(
          Flag.HOOKBUS_REDACTION, Flag.ZO_REDACTION_MODE,
          Flag.CLAUDE_SESSION_ID, Flag.CLAUDE_CODE_SESSION_ID);

  private final Settings settings;

  FlagReport(Settings settings) {
    this.settings = settings;
  }

  void print(PrintWriter out) {
    Table table = new Table().text("flag").elastic("value").text("from");
    for (Flag flag : Flag.values()) {
      table.row(flag.name(), value(flag), source(flag));
    }
    table.print(out);
    if (!settings.problems().isEmpty()) {
      out.println();
      out.println("Flags that can't be used:");
      settings.problems().forEach(problem -> out.println("  " + problem));
    }
  }

  private String value(Flag flag) {
    HookBusConfig config = settings.config();
    return switch (flag) {
      case HOOKBUS_ENABLED -> bool(config.enabled());
      case HOOKBUS_DB -> settings.database().toString();
      case HOOKBUS_STORE_URL -> config.storeUrl() == null ? "none" : config.storeUrl().toString();
      case HOOKBUS_MAX_BYTES -> String.valueOf(config.maxBytes());
      case HOOKBUS_COMPRESS -> bool(config.compress());
      case HOOKBUS_STORE_RAW -> bool(config.storeRaw());
      case HOOKBUS_REDACTION -> lowerCase(config.redaction());
      case HOOKBUS_DEDUPE_TTL -> String.valueOf(config.dedupeTtl().toSeconds());
      case HOOKBUS_RETENTION_DAYS -> String.valueOf(config.retention().toDays());
      case HOOKBUS_DURABILITY -> lowerCase(config.durability());
      case HOOKBUS_BUDGET_MS -> String.valueOf(config.storeBudget().toMillis());
      case HOOKBUS_POOL_SIZE -> String.valueOf(config.poolSize());
      case HOOKBUS_DEDUPE -> config.dedupe().toString();
      case HOOKBUS_HOOKS -> config.hooks().isEmpty() ? "all" : String.join(",", config.hooks());
      case HOOKBUS_ROLLOUT_PERCENT -> String.valueOf(config.rolloutPercent());
      case HOOKBUS_SINKS -> config.sinks().isEmpty() ? "none" : String.join(",", config.sinks());
      case HOOKBUS_DELIVERY -> lowerCase(config.delivery());
      case CLAUDE_SESSION_ID -> config.sessionId();
      case CLAUDE_RUN_ID -> orNotSet(config.runId());
      case TRACEPARENT -> orNotSet(config.traceparent());
      // What is not known to be harmless may be a secret.
      default -> flag.source() == Flag.Source.DEFAULT ? NOT_SET : "set";
    };
  }

  private String source(Flag flag) {
    if (flag == Flag.HOOKBUS_DB && settings.databaseByOption()) {
      return "--db";
    }
    if (settings.problems().stream().anyMatch(problem -> problem.startsWith(flag + " "))) {
      return "default, see below";
    }
    Flag secondName = SECOND_NAMES.get(flag);
    if (flag.source() == Flag.Source.DEFAULT
        && secondName != null
        && secondName.source() != Flag.Source.DEFAULT) {
      return secondName.name();
    }
    return lowerCase(flag.source()).replace('_', ' ');
  }

  private static String bool(boolean value) {
    return value ? "1" : "0";
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String orNotSet(@Nullable String value) {
    return value == null ? NOT_SET : value;
  }
}
