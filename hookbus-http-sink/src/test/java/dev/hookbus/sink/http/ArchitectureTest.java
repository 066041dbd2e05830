package dev.hookbus.sink.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.hookbus.ModuleRules;
import dev.hookbus.sink.Secret;
import dev.hookbus.sink.SinkSettings;
import org.junit.jupiter.api.Test;

/** The walls within the HTTP sink, and around it. */
class ArchitectureTest extends ModuleRules {
  private static final JavaClasses CODE = importCode("dev.hookbus.sink.http");

  ArchitectureTest() {
    super(CODE);
  }

  @Test
  void sink_needsLittleOfTheCore() {
    checkNeedsOfSink("dev.hookbus.sink.http", "javax.crypto..");
  }

  @Test
  void encoders_knowNoNetwork() {
    check(
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Transport")
            .and()
            .haveSimpleNameNotEndingWith("Body")
            .and()
            .doNotHaveSimpleName("HttpSinkBuilder")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http.."));
    check(
        noClasses()
            .that()
            .haveSimpleNameEndingWith("Encoder")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("HttpSettings")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("Secret"));
  }

  @Test
  void flags_areReadAtTheDoor() {
    check(
        noClasses()
            .that()
            .doNotHaveSimpleName("HttpSinkProvider")
            .and()
            .doNotHaveSimpleName("ProxyFlags")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(SinkSettings.class));
  }

  @Test
  void secrets_areSeenOnlyByThoseWhoSendThem() {
    check(
        noClasses()
            .that()
            .doNotHaveSimpleName("Transport")
            .and()
            .doNotHaveSimpleName("Signer")
            .should()
            .callMethod(Secret.class, "reveal"));
  }
}
