package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  @Test
  void secret_isShownOnlyWhenAskedFor() {
    Secret secret = Secret.forHeader("key", "hunter2").after("Bearer ");

    assertThat(secret.reveal()).isEqualTo("Bearer hunter2");
    assertThat(secret + " " + String.valueOf(secret)).isEqualTo("*** ***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hunter 2", "hunter2\n", "hunter2\u00e9", "hunter2\u007f"})
  void textThatCanNotStandInAHeader_isRefusedByTheSettingAndNeverQuoted(String text) {
    assertThatThrownBy(() -> Secret.forHeader("HOOKBUS_X_KEY", text))
        .isInstanceOf(SinkConfigurationException.class)
        .hasMessage("HOOKBUS_X_KEY must be printable ASCII and not empty")
        .hasNoCause();
  }
}
