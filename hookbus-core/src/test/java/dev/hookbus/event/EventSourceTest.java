package dev.hookbus.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventSourceTest {

  static Stream<JsonNode> hosts() {
    return Vectors.of("chs_host").stream();
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void host_token_is_that_of_the_original(JsonNode vector) {
    assertThat(EventSource.hostToken(vector.get("hostname").asText(), vector.get("salt").asText()))
        .isEqualTo(vector.get("host").asText());
  }

  @Test
  void host_without_a_name_is_unknown_and_the_salt_has_a_default() {
    assertThat(EventSource.hostToken(null, "s3")).isEqualTo("host_unknown");
    assertThat(EventSource.hostToken("myhost", null))
        .isEqualTo(EventSource.hostToken("myhost", "default_salt"));
  }

  @ParameterizedTest
  @CsvSource({
    "/home/ann/shop, /home/ann, ~/shop",
    "/home/ann, /home/ann, ~",
    "/home/anna, /home/ann, /home/anna",
    "/workspace, /, /workspace",
    "C:\\Users\\ann\\shop, , C:\\Users\\[USER]\\shop",
    "c:\\users\\ann, , C:\\Users\\[USER]",
    "C:\\Users\\ann\\shop, C:\\Users\\ann, ~\\shop",
  })
  void home_directory_is_masked(String path, String home, String masked) {
    assertThat(EventSource.maskHome(path, home)).isEqualTo(masked);
  }

  @Test
  void source_is_read_from_the_environment() {
    Map<String, String> env =
        Map.of(
            "HOSTNAME", "vm-01",
            "HOSTNAME_SALT", "s3",
            "HOME", "/home/ann",
            "CLAUDE_CODE_REMOTE", "true",
            "CLAUDE_PROJECT_DIR", "/home/ann/shop");

    assertThat(EventSource.detect(env::get, "/home/ann/shop/src"))
        .isEqualTo(new EventSource("host_8a538489b0b9", true, "~/shop/src", "~/shop"));
  }

  @Test
  void bare_environment_still_gives_a_source() {
    EventSource source = EventSource.detect(name -> null, "/workspace");

    assertThat(source.host()).startsWith("host_");
    assertThat(source.remote()).isFalse();
    assertThat(source.projectDir()).isEqualTo("unknown");
  }
}
