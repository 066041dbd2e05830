package dev.hookbus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.HookBus;
import dev.hookbus.HookBusBuilder;
import dev.hookbus.files.PrivateFiles;
import dev.hookbus.payload.RedactionMode;
import dev.hookbus.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookBusConfigTest {

  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/dev"));
  private final List<String> problems = new ArrayList<>();

  private HookBusConfig read() {
    return HookBusConfig.from(environment::get, problems::add);
  }

  @Test
  void emptyEnvironment_givesTheDocumentedDefaults() {
    HookBusConfig config = read();

    assertThat(config.enabled()).isFalse();
    assertThat(config.database()).isEqualTo(Path.of("/home/dev/.hookbus/hookbus.db"));
    assertThat(config.maxBytes()).isEqualTo(200_000);
    assertThat(config.dedupeTtl()).isEqualTo(Duration.ofHours(1));
    assertThat(config.retention()).isEqualTo(Duration.ofDays(7));
    assertThat(config.durability()).isEqualTo(Durability.SYNC);
    assertThat(config.redaction()).isEqualTo(RedactionMode.STRICT);
    assertThat(config.storeBudget()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.rolloutPercent()).isEqualTo(100);
    assertThat(config.sessionId()).isEqualTo("unknown");
    assertThat(config.hooks()).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void defaultsInTheDocumentation_areTheDefaultsInForce() {
    HookBusConfig defaults = read();
    for (Flag flag : Flag.values()) {
      if (!flag.defaultText().isEmpty() && flag != Flag.HOOKBUS_DB) {
        environment.put(flag.name(), flag.defaultText());
      }
    }

    assertThat(read()).isEqualTo(defaults);
  }

  @ParameterizedTest
  @CsvSource({"1,true", "TRUE,true", "yes,true", "0,false", "False,false", "'',false"})
  void switchTexts_areReadAsTheOriginalDoes(String text, boolean on) {
    environment.put("HOOKBUS_ENABLED", text);

    assertThat(read().enabled()).isEqualTo(on);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HOOKBUS_ENABLED,perhaps",
    "HOOKBUS_MAX_BYTES,many",
    "HOOKBUS_MAX_BYTES,12",
    "HOOKBUS_DEDUPE_TTL,0",
    "HOOKBUS_DEDUPE_TTL,-5",
    "HOOKBUS_RETENTION_DAYS,1.5",
    "HOOKBUS_DURABILITY,eventually",
    "HOOKBUS_REDACTION,someofit",
    "HOOKBUS_BUDGET_MS,99999999999999",
    "HOOKBUS_POOL_SIZE,0"
  })
  void badValue_isNamedWithoutItsValueAndGivesTheSafeDefault(String flag, String value) {
    HookBusConfig defaults = read();
    environment.put(flag, value);

    assertThat(read()).isEqualTo(defaults);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).startsWith(flag + " takes ").doesNotContain(value + " ");
  }

  @Test
  void badPercentage_guardsNobody() {
    environment.put("HOOKBUS_ROLLOUT_PERCENT", "1O");

    assertThat(read().rolloutPercent()).isZero();
    assertThat(problems).hasSize(1);
  }

  @Test
  void listOfHooks_isSplitAndTrimmed() {
    environment.put("HOOKBUS_HOOKS", " tracker , ,gate ");

    assertThat(read().hooks()).containsExactlyInAnyOrder("tracker", "gate");
  }

  @ParameterizedTest
  @CsvSource({
    "'', all",
    "All, all",
    "1, all",
    "none, none",
    "0, none",
    "' tracker , ', tracker",
    "'none,tracker', 'none,tracker'"
  })
  void dedupe_isForAllOrNoneOrTheHooksThatAreNamed(String flag, String expected) {
    environment.put("HOOKBUS_DEDUPE", flag);

    HookSelection dedupe = read().dedupe();

    assertThat(dedupe.toString().split(",")).containsExactlyInAnyOrder(expected.split(","));
    assertThat(dedupe.includes("tracker")).isEqualTo(!expected.equals("none"));
    assertThat(dedupe.includes("gate")).isEqualTo(expected.equals("all"));
  }

  @Test
  void redactionModeOfTheSeeds_isReadWhereOursIsNotSet() {
    environment.put("ZO_REDACTION_MODE", "lenient");
    assertThat(read().redaction()).isEqualTo(RedactionMode.LENIENT);

    environment.put("HOOKBUS_REDACTION", "strict");
    assertThat(read().redaction()).isEqualTo(RedactionMode.STRICT);
  }

  @Test
  void systemProperty_winsOverTheEnvironment() {
    System.setProperty("hookbus.max.bytes", "4096");
    try {
      assertThat(HookBusConfig.fromEnvironment().maxBytes()).isEqualTo(4_096);
    } finally {
      System.clearProperty("hookbus.max.bytes");
    }
  }

  @Test
  void strictReading_namesEveryBadFlagAndNoValue() {
    System.setProperty("hookbus.max.bytes", "lots");
    System.setProperty("hookbus.pool.size", "heaps");
    try {
      assertThatThrownBy(HookBusConfig::fromEnvironment)
          .isInstanceOf(HookBusConfigException.class)
          .hasMessageContainingAll("HOOKBUS_MAX_BYTES", "HOOKBUS_POOL_SIZE")
          .hasMessageNotContainingAny("lots", "heaps");
    } finally {
      System.clearProperty("hookbus.max.bytes");
      System.clearProperty("hookbus.pool.size");
    }
  }

  @Test
  void userWithoutAHome_isToldToNameTheFile_andLeavesTheProjectAlone() {
    String home = System.getProperty("user.home");
    environment.remove("HOME");
    System.setProperty("user.home", "?"); // what Java makes of a user that nobody knows
    try {
      assertThat(read().database()).isEqualTo(PrivateFiles.temporaryHome().resolve("hookbus.db"));
      assertThat(problems).singleElement().asString().contains("HOOKBUS_DB", "HOME");

      problems.clear();
      environment.put("HOOKBUS_DB", "/srv/hooks.db");
      assertThat(read().database()).isEqualTo(Path.of("/srv/hooks.db"));
      assertThat(problems).isEmpty();
    } finally {
      System.setProperty("user.home", home);
    }
  }

  @Test
  void homeThatIsNoPath_isNone() {
    environment.put("HOME", "/home/\0dev");

    assertThat(read().database()).isEqualTo(PrivateFiles.temporaryHome().resolve("hookbus.db"));
    assertThat(problems).singleElement().asString().contains("HOOKBUS_DB", "HOME");
  }

  @Test
  void builderOutOfItsLimits_isRefused() {
    HookBusBuilder builder = HookBus.builder().maxBytes(10);

    assertThatThrownBy(builder::build)
        .isInstanceOf(HookBusConfigException.class)
        .hasMessage("HOOKBUS_MAX_BYTES takes at least 256");
  }

  @Property
  void sessionInARollout_staysInAsItGrows(
      @ForAll String session, @ForAll @IntRange(max = 100) int percent) {
    Rollout smaller = new Rollout(Set.of(), HookSelection.ALL, percent);
    Rollout larger = new Rollout(Set.of(), HookSelection.ALL, Math.min(100, percent + 1));

    if (smaller.includesSession(session)) {
      assertThat(larger.includesSession(session)).isTrue();
    }
    assertThat(new Rollout(Set.of(), HookSelection.ALL, 0).includesSession(session)).isFalse();
    assertThat(new Rollout(Set.of(), HookSelection.ALL, 100).includesSession(session)).isTrue();
  }

  @Test
  void rolloutPercentage_isAboutThePercentageOfSessions() {
    Rollout tenPercent = new Rollout(Set.of(), HookSelection.ALL, 10);
    long included = 0;
    for (int i = 0; i < 10_000; i++) {
      included += tenPercent.includesSession("session-" + i) ? 1 : 0;
    }

    assertThat(included).isBetween(850L, 1_150L);
  }
}
