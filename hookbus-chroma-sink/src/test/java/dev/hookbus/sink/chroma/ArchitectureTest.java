package dev.hookbus.sink.chroma;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.hookbus.ModuleRules;
import dev.hookbus.sink.Secret;
import org.junit.jupiter.api.Test;

/** The walls within the Chroma sink, and around it. */
class ArchitectureTest extends ModuleRules {
  private static final JavaClasses CODE = importCode("dev.hookbus.sink.chroma");

  ArchitectureTest() {
    super(CODE);
  }

  @Test
  void sink_needsLittleOfTheCore() {
    checkNeedsOfSink("dev.hookbus.sink.chroma", "org.slf4j..", "dev.hookbus.payload");
  }

  @Test
  void commands_standOnTheSink() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.hookbus.sink.chroma")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.hookbus.sink.chroma.cli..", "dev.hookbus.cli..", "picocli.."));
  }

  @Test
  void network_isKnownInOnePlace() {
    check(
        noClasses()
            .that()
            .doNotHaveSimpleName("ChromaHttp")
            .and()
            .doNotHaveSimpleName("BoundedBody")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http.."));
    check(
        noClasses()
            .that()
            .doNotHaveSimpleName("ChromaHttp")
            .should()
            .callMethod(Secret.class, "reveal"));
  }
}
