package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinksTest {
  private static final SinkSettings SETTINGS = SinkSettings.of(Map.of("HOME", "/home/ann")::get);

  @Test
  void sinks_are_made_by_name() {
    assertThat(Sinks.named(List.of("jsonl"), SETTINGS))
        .extracting(Sink::name)
        .containsExactly("jsonl");
    assertThat(Sinks.named(List.of(), SETTINGS)).isEmpty();
  }

  @Test
  void name_that_no_provider_has_is_refused_with_those_there_are() {
    assertThatThrownBy(() -> Sinks.named(List.of("jsonl", "hunter2"), SETTINGS))
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessageStartingWith("HOOKBUS_SINKS names a sink that is not on the class path")
        .hasMessageContaining("jsonl")
        .hasMessageNotContaining("hunter2");
  }
}
