package dev.hookbus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds in every module; a module's own test adds the walls between its rooms. */
public abstract class ModuleRules {

  private static final Path SOURCES = Path.of("src/main/java");

  private final JavaClasses code;
  private final List<String> wideCatches;

  /**
   * The rules for a module.
   *
   * @param code its classes
   * @param wideCatches the source files that may catch everything, below the source folder
   */
  protected ModuleRules(JavaClasses code, String... wideCatches) {
    this.code = code;
    this.wideCatches = List.of(wideCatches);
  }

  /** The classes of a package and those below it, without tests. */
  protected static JavaClasses importCode(String rootPackage) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(rootPackage);
  }

  protected final void check(ArchRule rule) {
    rule.check(code);
  }

  /**
   * A sink gets events and answers for them; the store is the core's affair.
   *
   * @param sinkPackage the sink's classes
   * @param more what this sink needs beside a JSON generator, TLS, events and safety
   */
  protected final void checkNeedsOfSink(String sinkPackage, String... more) {
    Stream<String> all =
        Stream.of(
            "java..",
            "javax.net.ssl..",
            "com.fasterxml.jackson.core..",
            "org.jspecify..",
            "com.google.errorprone.annotations..",
            "dev.hookbus.sink",
            "dev.hookbus.event",
            "dev.hookbus.safety",
            sinkPackage);
    check(
        classes()
            .that()
            .resideInAPackage(sinkPackage)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(Stream.concat(all, Stream.of(more)).toArray(String[]::new))
            .because("a sink gets events and answers for them; the store is the core's affair"));
  }

  /** Classes that own their process, and with it its streams and its end. */
  protected boolean ownsItsProcess(JavaClass type) {
    return false;
  }

  private DescribedPredicate<JavaClass> areGuests() {
    return DescribedPredicate.describe("are guests in a process", type -> !ownsItsProcess(type));
  }

  @Test
  protected void nothing_writesToTheHostsStreams() {
    check(
        noClasses()
            .that(areGuests())
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("stdout belongs to the agent host"));
    check(noClasses().should().callMethod(Throwable.class, "printStackTrace"));
  }

  @Test
  protected void nothing_endsTheHost() {
    check(
        noClasses()
            .that(areGuests())
            .and()
            .resideOutsideOfPackage("dev.hookbus.cli..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class));
  }

  @Test
  protected void threads_areDaemons() {
    check(
        classes()
            .that(areGuests())
            .and(DescribedPredicate.describe("start threads", this::startsThreads))
            .should(makeDaemons())
            .allowEmptyShould(true)
            .because("no host shall wait for a thread of ours to end"));
  }

  /** What runs as an owned process ends is waited for by nobody else. */
  private boolean startsThreads(JavaClass type) {
    boolean partOfOwner = type.getEnclosingClass().map(this::ownsItsProcess).orElse(false);
    return !partOfOwner
        && (type.getConstructorCallsFromSelf().stream()
                .anyMatch(call -> isThreads(call.getTargetOwner()))
            || type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Executors.class)));
  }

  private static boolean isThreads(JavaClass type) {
    return type.isAssignableTo(ExecutorService.class)
        || type.isEquivalentTo(Thread.class)
        || type.isEquivalentTo(java.util.Timer.class);
  }

  private static ArchCondition<JavaClass> makeDaemons() {
    return new ArchCondition<>("make them daemons") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean daemons =
            type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getName().equals("setDaemon"));
        events.add(
            new SimpleConditionEvent(
                type, daemons, type.getName() + " starts a thread that is no daemon"));
      }
    };
  }

  @Test
  protected void publicSignatures_showNoJackson() {
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

  @Test
  protected void implementations_areHidden() {
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
  protected void everyRoom_isNullMarked() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> rooms =
          files.filter(Files::isDirectory).filter(ModuleRules::holdsSources).toList();
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
  protected void throwable_isCaughtInOnePlace() throws IOException {
    Pattern wide =
        Pattern.compile("catch \\((final )?(Throwable|Exception|RuntimeException|Error) ");
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> catching =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> wide.matcher(read(file)).find())
              .map(file -> SOURCES.relativize(file).toString())
              .toList();
      assertThat(catching).containsExactlyElementsOf(wideCatches);
    }
  }

  /** The whole text of a file. */
  protected static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
