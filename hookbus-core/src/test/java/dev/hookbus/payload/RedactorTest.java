package dev.hookbus.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorTest {

  private static final String TOKEN = "gh" + "p_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6";

  @Test
  void disabled_changesNothing() {
    String text = "mail ann@example.com";

    assertThat(Redactor.of(RedactionMode.DISABLED).redact(text)).isSameAs(text);
  }

  @Test
  void lenient_keepsPrivateAddressesOnly() {
    Redactor lenient = Redactor.of(RedactionMode.LENIENT);

    assertThat(lenient.redact("10.1.2.3 192.168.0.7 172.16.4.4 127.0.0.1 fe80::1ff:fe23:4567:890a"))
        .isEqualTo("10.1.2.3 192.168.0.7 172.16.4.4 127.0.0.1 fe80::1ff:fe23:4567:890a");
    assertThat(lenient.redact("203.0.113.9 ann@example.com")).isEqualTo("[IP] [EMAIL_REDACTED]");
  }

  @Test
  void counts_areByKind() {
    Redaction redaction =
        Redactor.standard().apply(Utf8.encode("ann@example.com bob@example.com " + TOKEN));

    assertThat(redaction.counts()).containsEntry("email", 2).containsEntry("api_key", 1).hasSize(2);
  }

  @Test
  void explanation_saysWhereAndWhyButNotWhat() {
    List<Finding> findings = Redactor.standard().explain("é\uD83D\uDE00 " + TOKEN + " x");

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.rule()).isEqualTo("github-token");
    assertThat(finding.start()).isEqualTo(4);
    assertThat(finding.end()).isEqualTo(4 + TOKEN.length());
    assertThat(finding.toString()).doesNotContain(TOKEN.substring(4, 12));
  }

  @Test
  void aPasswordWithAPipe_hidesNoneOfThoseBehindIt() {
    assertThat(
            Redactor.standard().redact("curl -u ann:p|x -u bob:q7 -u eve:r8 | tee log -u old:s9"))
        .isEqualTo(
            "curl -u ann:[API_KEY_REDACTED] -u bob:[API_KEY_REDACTED] -u eve:[API_KEY_REDACTED]"
                + " | tee log -u old:s9");
  }

  @Test
  void aProgramFarBeforeItsOptions_isSeenIfOnlySecretsLieBetween() {
    String token = "Bearer " + "aB3dE6gH9jK2".repeat(20);

    assertThat(Redactor.standard().redact("curl -H 'Authorization: " + token + "' -u ann:p7"))
        .endsWith("-u ann:[API_KEY_REDACTED]");
  }

  @Test
  void aLineOfALog_isNoJson() {
    String line = "password='x7Qk \"9mZ2'";

    assertThat(Redactor.standard().redact("[INFO] " + line)).isEqualTo("[INFO] " + redacted(line));
    assertThat(Redactor.standard().redact("ann@example.com " + line))
        .isEqualTo("[EMAIL_REDACTED] " + redacted(line));
  }

  private static String redacted(String line) {
    return Redactor.standard().redact(line);
  }

  @Test
  void aFieldOfYourOwn_isFoundInAnySpelling() {
    Redactor redactor = Redactor.builder().fields("badgeNumber").build();

    assertThat(redactor.redact("{\"badge_number\":\"A-77\",\"BADGE-NUMBER\":12,\"badge\":\"x\"}"))
        .isEqualTo(
            "{\"badge_number\":\"[API_KEY_REDACTED]\",\"BADGE-NUMBER\":\"[API_KEY_REDACTED]\",\"badge\":\"x\"}");
    assertThatThrownBy(() -> Redactor.builder().fields("42"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPatternOfYourOwn_isTriedWhereItsLiteralIs() {
    Redactor redactor = Redactor.builder().pattern("ticket", "tick-", "tick-(\\d{4,})").build();

    assertThat(redactor.redact("see TICK-1234, tick-98765 or tick-1"))
        .isEqualTo("see TICK-1234, tick-[API_KEY_REDACTED] or tick-1");
    assertThat(redactor.explain("tick-98765").get(0).rule()).isEqualTo("ticket");
  }

  @Test
  void aPatternThatNeverEnds_isGivenUp() {
    Redactor redactor =
        Redactor.builder()
            .pattern("bad", "aaa", "(a|aa)+$x")
            .patternDeadline(Duration.ofMillis(20))
            .build();
    String text = "a".repeat(400);

    assertThatThrownBy(() -> redactor.redact(text))
        .isInstanceOf(RedactionTimeoutException.class)
        .hasMessageContaining("bad");
    assertThat(PayloadPipeline.builder().redactor(redactor).build().process(text).dropped())
        .isTrue();
    assertThat(PayloadPipeline.builder().redactor(redactor).build().text(text, 100)).isEmpty();
  }

  @Test
  void aMalformedPattern_isRefusedWhenItIsAdded() {
    assertThatThrownBy(() -> Redactor.builder().pattern("x", "abc", "("))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Redactor.builder().pattern("x", "ab", "ab"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNumberUnderASensitiveKey_becomesAString() {
    assertThat(Redactor.standard().redact("{\"password\": 12345678, \"n\": 1}"))
        .isEqualTo("{\"password\": \"[API_KEY_REDACTED]\", \"n\": 1}");
    assertThat(Redactor.standard().redact("{\"x\":\"{\\\"password\\\":42}\"}"))
        .isEqualTo("{\"x\":\"{\\\"password\\\":\\\"[API_KEY_REDACTED]\\\"}\"}");
  }

  @Test
  void tokensOfTheTable_areWritten() {
    assertThat(Redactor.standard().redact("C:\\Users\\ann\\x")).isEqualTo("C:\\Users\\[USER]\\x");
    assertThat(Redactor.standard().redact("/Users/john/f")).isEqualTo("/Users/[USER]/f");
    assertThat(Redactor.standard().redact("ssn 123-45-6789")).isEqualTo("ssn [SSN_REDACTED]");
    assertThat(Redactor.standard().redact("4532015112830366")).isEqualTo("[CREDIT_CARD_REDACTED]");
    assertThat(Redactor.standard().redact("call 555-123-4567")).isEqualTo("call [PHONE_REDACTED]");
  }

  @Test
  void aSecretLongerThanTheView_goesWhole() {
    String secret = "aB3dE6gH9jK2mN5p".repeat(1_000);

    assertThat(Redactor.standard().redact("{\"password\":\"" + secret + "\",\"n\":1}"))
        .isEqualTo("{\"password\":\"[API_KEY_REDACTED]\",\"n\":1}");
    assertThat(Redactor.standard().redact("gh" + "p_" + secret + " end"))
        .isEqualTo("[API_KEY_REDACTED] end");
    assertThat(Redactor.standard().redact("password=" + secret + " end"))
        .isEqualTo("password=[API_KEY_REDACTED] end");
  }
}
