package dev.hookbus.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Everything an outbox promises, by way of the driver's native methods. */
class NativeOutboxTest extends OutboxTest {

  @BeforeAll
  static void choose() {
    System.setProperty(NativeDriver.PROPERTY, "native");
  }

  @AfterAll
  static void chooseTheUsualAgain() {
    System.clearProperty(NativeDriver.PROPERTY);
  }
}
