package dev.hookbus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The walls between the rooms. */
class ArchitectureTest extends ModuleRules {

  private static final JavaClasses CODE = importCode("dev.hookbus");

  ArchitectureTest() {
    super(CODE, "dev/hookbus/safety/Attempt.java");
  }

  /** One class owns the process of a hook: it answers, and leaves. So does that of many hooks. */
  @Override
  protected boolean ownsItsProcess(JavaClass type) {
    return type.getName().equals("dev.hookbus.host.HookProcess")
        || type.getName().equals("dev.hookbus.resident.ResidentProcess");
  }

  @Test
  void rooms_haveNoCycle() {
    check(slices().matching("dev.hookbus.(*)..").should().beFreeOfCycles());
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.hookbus.*..")
            .and()
            .resideOutsideOfPackages(
                "dev.hookbus.cli..", "dev.hookbus.host..", "dev.hookbus.resident..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.hookbus")
            .because("the guard knows the rooms, and the rooms do not know the guard"));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.hookbus")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.hookbus.host..")
            .because("a hook is run in a guard, and a guard may run anything"));
  }

  /** Rooms that know what they need are told from their row; the face and the window are not. */
  @Test
  void map_tellsWhomEveryRoomKnows() {
    Map<String, Set<String>> told = new TreeMap<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `\\.(\\w+)` \\|.*\\| (.*) \\|$")
            .matcher(read(Path.of("../docs/architecture.md")));
    while (row.find()) {
      Set<String> known = new TreeSet<>();
      Pattern.compile("`(\\w+)`|the root")
          .matcher(row.group(2))
          .results()
          .forEach(name -> known.add(name.group(1) == null ? "" : name.group(1)));
      told.put(row.group(1), known);
    }
    Map<String, Set<String>> built = new TreeMap<>();
    for (JavaClass type : CODE) {
      Set<String> known = built.computeIfAbsent(room(type), name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith("dev.hookbus"))
          .map(ArchitectureTest::room)
          .filter(name -> !name.equals(room(type)))
          .forEach(known::add);
    }
    built.remove("");
    built.remove("cli");
    told.remove("cli");
    assertThat(told).isEqualTo(built);
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals("dev.hookbus") ? "" : name.substring("dev.hookbus.".length());
  }

  @Test
  void host_knowsNeitherStoreNorSink() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.hookbus.host..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.hookbus.store..",
                "dev.hookbus.sink..",
                "dev.hookbus.payload..",
                "dev.hookbus.idempotency..",
                "dev.hookbus.cli..",
                "com.fasterxml..")
            .because(
                "all a hook records goes through its bus, and every class costs at its start"));
  }

  @Test
  void resident_isKnownOnlyToThoseWhoShowIt() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "dev.hookbus.resident..", "dev.hookbus.install..", "dev.hookbus.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.hookbus.resident..")
            .because("a hook runs the same in a process of its own"));
  }

  @Test
  void groundFloor_knowsNothingAboveIt() {
    for (String room : List.of("safety", "idempotency", "annotation", "json", "files")) {
      check(
          noClasses()
              .that()
              .resideInAPackage("dev.hookbus." + room + "..")
              .should()
              .dependOnClassesThat(
                  DescribedPredicate.describe(
                      "of another room",
                      type ->
                          type.getPackageName().startsWith("dev.hookbus")
                              && !type.getPackageName().startsWith("dev.hookbus." + room))));
    }
  }

  @Test
  void store_knowsNeitherConfigurationNorCorrelation() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.hookbus.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.hookbus.config..", "dev.hookbus.correlation.."));
  }

  @Test
  void policy_decidesByItself() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.hookbus.policy..")
            .should()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "of a library or of another room",
                    type ->
                        type.getPackageName().startsWith("com.fasterxml")
                            || type.getPackageName().startsWith("java.util.regex")
                            || (type.getPackageName().startsWith("dev.hookbus")
                                && !type.getPackageName().startsWith("dev.hookbus.policy")
                                && !type.getPackageName().equals("dev.hookbus.safety")))));
  }

  @Test
  void optionalLibraries_stayInTheirRooms() {
    checkOnlyIn("io.micrometer..", "dev.hookbus.metrics");
    checkOnlyIn("picocli..", "dev.hookbus.cli..");
    checkOnlyIn("com.zaxxer.hikari..", "dev.hookbus.store");
    checkOnlyIn("org.sqlite..", "dev.hookbus.store");
    checkOnlyIn("org.postgresql..", "dev.hookbus.store");
    checkOnlyIn("java.net.http..", "nowhere");
  }

  @Test
  void jdbc_isKnownOnlyToThoseWhoOpenSessions() {
    check(
        noClasses()
            .that()
            .haveSimpleNameNotContaining("Jdbc")
            .and()
            .doNotHaveSimpleName("PooledConnections")
            .and()
            .doNotHaveSimpleName("ConnectionSource")
            .and()
            .doNotHaveSimpleName("NativeDriver")
            .and()
            .haveNameNotMatching(".*\\.Postgres(Database|Session|Query)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..")
            .because("tables are written against sessions, whatever is behind them"));
  }

  private void checkOnlyIn(String library, String room) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(room)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }
}
