package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelftestCommandTest extends CliTest {

  @Test
  void soundInstallation_passesEveryCheckAndLeavesNothing() {
    Outcome selftest = hookbus("selftest");

    assertThat(selftest.exitCode()).isZero();
    assertThat(selftest.err()).isEmpty();
    assertThat(selftest.out().lines())
        .hasSizeGreaterThan(7)
        .allMatch(line -> line.startsWith("OK    ") || line.equals("All tests passed!"));
    assertThat(selftest.out()).endsWith("All tests passed!\n");
    assertThat(directory).isEmptyDirectory();
  }
}
