package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkSettingsTest {
  private static final String FLAG = "HOOKBUS_X";

  @Test
  void blank_is_absent() {
    SinkSettings settings = with("  ");

    assertThat(settings.text(FLAG)).isNull();
    assertThat(settings.emptied(FLAG)).isTrue();
    assertThat(settings.emptied("HOOKBUS_UNSET")).isFalse();
    assertThat(settings.text(FLAG, "d")).isEqualTo("d");
    assertThat(settings.number(FLAG, 7, 1, 9)).isEqualTo(7);
    assertThat(settings.on(FLAG, true)).isTrue();
    assertThat(settings.path(FLAG)).isNull();
    assertThat(settings.choice(FLAG, Thread.State.NEW)).isEqualTo(Thread.State.NEW);
  }

  @Test
  void values_are_read() {
    assertThat(with(" 8 ").number(FLAG, 7, 1, 9)).isEqualTo(8);
    assertThat(with("250").millis(FLAG, Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
    assertThat(with("Yes").on(FLAG, false)).isTrue();
    assertThat(with("off").on(FLAG, true)).isFalse();
    assertThat(with("timed-waiting").choice(FLAG, Thread.State.NEW))
        .isEqualTo(Thread.State.TIMED_WAITING);
    assertThat(with("~/logs").path(FLAG)).isEqualTo(Path.of("/home/ann/logs"));
    assertThat(with("~").path(FLAG)).isEqualTo(Path.of("/home/ann"));
    assertThat(with("/logs").path(FLAG)).isEqualTo(Path.of("/logs"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "1e3", "hunter2"})
  void wrong_value_is_refused_by_the_flags_name_and_never_quoted(String value) {
    SinkSettings settings = with(value);

    assertThatThrownBy(() -> settings.number(FLAG, 7, 1, 9))
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessage("HOOKBUS_X must be a whole number from 1 to 9")
        .hasNoCause();
  }

  @Test
  void wrong_switch_or_choice_is_refused() {
    assertThatThrownBy(() -> with("hunter2").on(FLAG, true)).hasMessage("HOOKBUS_X must be 1 or 0");
    assertThatThrownBy(() -> with("hunter2").choice(FLAG, CircuitBreaker.State.OPEN))
        .hasMessage("HOOKBUS_X must be one of closed, open, half-open");
    assertThatThrownBy(() -> with("a\0b").path(FLAG)).hasMessage("HOOKBUS_X must be a path");
  }

  @Test
  void home_that_is_none_is_refused_rather_than_taken_for_a_name_in_the_project() {
    assertThatThrownBy(() -> SinkSettings.of(Map.of("HOME", "?")::get).home())
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessage("HOME names no home directory");
  }

  private static SinkSettings with(String value) {
    return SinkSettings.of(Map.of(FLAG, value, "HOME", "/home/ann")::get);
  }
}
