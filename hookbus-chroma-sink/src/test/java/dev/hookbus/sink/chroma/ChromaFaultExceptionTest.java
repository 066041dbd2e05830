package dev.hookbus.sink.chroma;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChromaFaultExceptionTest {

  @ParameterizedTest
  @CsvSource({
    "400, BAD_RECORD",
    "413, BAD_RECORD",
    "422, BAD_RECORD",
    "404, GONE",
    "500, SERVER_ERROR",
    "408, BUSY",
    "409, BUSY",
    "429, BUSY",
    "502, BUSY",
    "503, BUSY",
    "504, BUSY",
    "301, MISCONFIGURED",
    "401, MISCONFIGURED",
    "403, MISCONFIGURED",
    "405, MISCONFIGURED",
    "410, MISCONFIGURED",
    "415, MISCONFIGURED",
    "501, MISCONFIGURED"
  })
  void eachStatus_hasItsMeaning(int status, Fault fault) {
    assertThat(ChromaFaultException.of(status, "", null).fault()).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource({"410", "501"})
  void oldOrForeignServer_isToldTheVersionThatIsNeeded(int status) {
    assertThat(ChromaFaultException.of(status, "", null))
        .hasMessageContaining("Chroma 1.0 or newer, REST v2");
  }

  @Test
  void wrongDimension_isNobodysRecord() {
    String said = "Collection expecting embedding with dimension of 3, got 2";

    assertThat(ChromaFaultException.of(400, said, null).fault()).isEqualTo(Fault.MISCONFIGURED);
  }

  @Test
  void serversWords_areOneShortLine() {
    ChromaFaultException e =
        ChromaFaultException.of(429, "line\nline " + "x".repeat(1000), Duration.ofSeconds(3));

    assertThat(e.getMessage()).startsWith("HTTP 429: line line").hasSize(300);
    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(3));
  }
}
