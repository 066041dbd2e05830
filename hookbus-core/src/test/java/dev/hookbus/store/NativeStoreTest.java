package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything a store promises, by way of the driver's native methods. */
class NativeStoreTest extends StoreTest {

  @BeforeAll
  static void choose() {
    System.setProperty(NativeDriver.PROPERTY, "native");
  }

  @AfterAll
  static void chooseTheUsualAgain() {
    System.clearProperty(NativeDriver.PROPERTY);
  }

  @Test
  void theVersionThatWasTried_isTheOneOfTheBuild() {
    assertThat(NativeDriver.orNull()).isNotNull();
  }
}
