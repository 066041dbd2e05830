package dev.hookbus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls between the rooms. */
class ArchitectureTest {

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hookbus");

  private static final Path SOURCES = Path.of("src/main/java");

  private static void check(ArchRule rule) {
    rule.check(CODE);
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
    for (String room : List.of("safety", "idempotency", "annotation", "json")) {
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

  private static void checkOnlyIn(String library, String room) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(room)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  @Test
  void publicSignatures_showNoJackson() {
    check(
        noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .haveRawReturnType(
                DescribedPredicate.describe(
                    "of Jackson", type -> type.getPackageName().startsWith("com.fasterxml")))
            .orShould()
            .haveRawParameterTypes(
                DescribedPredicate.describe(
                    "with one of Jackson",
                    types ->
                        types.stream()
                            .anyMatch(type -> type.getPackageName().startsWith("com.fasterxml")))));
  }

  /** One class owns the process of a hook: it answers, and leaves. So does that of many hooks. */
  private static DescribedPredicate<JavaClass> areNotTheProcess() {
    return DescribedPredicate.describe(
        "are not the process of hooks",
        type ->
            !type.getName().equals("dev.hookbus.host.HookProcess")
                && !type.getName().equals("dev.hookbus.resident.ResidentProcess"));
  }

  @Test
  void nothing_writesToTheHostsStreams() {
    check(
        noClasses()
            .that(areNotTheProcess())
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("stdout belongs to the agent host"));
    check(noClasses().should().callMethod(Throwable.class, "printStackTrace"));
  }

  @Test
  void nothing_endsTheHost() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.hookbus.cli..")
            .and(areNotTheProcess())
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class));
  }

  @Test
  void implementations_areHidden() {
    check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .haveModifier(JavaModifier.FINAL)
            .orShould()
            .haveModifier(JavaModifier.ABSTRACT)
            .orShould()
            .beAssignableTo(Exception.class));
  }

  @Test
  void everyRoom_isNullMarked() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> rooms =
          files.filter(Files::isDirectory).filter(ArchitectureTest::holdsSources).toList();
      assertThat(rooms)
          .isNotEmpty()
          .allSatisfy(
              room ->
                  assertThat(room.resolve("package-info.java")).content().contains("@NullMarked"));
    }
  }

  private static boolean holdsSources(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In byte code every try-with-resources catches Throwable, so this reads the sources. */
  @Test
  void throwable_isCaughtInOnePlace() throws IOException {
    Pattern wide =
        Pattern.compile("catch \\((final )?(Throwable|Exception|RuntimeException|Error) ");
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> catching =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> wide.matcher(read(file)).find())
              .toList();
      assertThat(catching).containsExactly(SOURCES.resolve("dev/hookbus/safety/Attempt.java"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
