package dev.hookbus.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts the bytes that rules look at, for texts made to have them look at the same ones again. */
class RedactionCostTest {

  private static final int SMALL = 50_000;
  private static final int MAX_STEPS_PER_BYTE = 300;

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "a",
        "1",
        "@",
        "a@",
        "a.b@",
        "a:b@",
        ":",
        "://",
        "://a:b",
        "/home/",
        "C:\\Users\\",
        "eyJ",
        "eyJ-",
        "eyJa.",
        "eyJ.eyJ.",
        "sk-",
        "sk-a",
        "ghp_",
        "key",
        "key=",
        "key:",
        "password",
        "password=",
        "password:",
        "password\"",
        "\"password\":",
        "\"password\":\"",
        "\\",
        "\\\\\"",
        "password=\\",
        "\"",
        "'",
        "Bearer ",
        "Basic ",
        "Basic QQ",
        "bearer bearer",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n",
        "- begin private ",
        "555-123-",
        "555 123 ",
        "1.2.3.",
        "::",
        "1234:",
        "a:",
        "4111 ",
        "4111-",
        "+1",
        "+1 ",
        "(555) 123",
        "Q~",
        "-us1",
        "xoxb-",
        "AAAAAAAAAAAAAAAAAAAA",
        " -p",
        "curl -u ",
        "mysql -p",
        "%40",
        "%3a%2f%2f",
        "%3a%2f%2fa%3a",
        "thin:",
        "thin:a/",
        "Cookie: ",
        "Cookie: a=b; ",
        "authorization: ",
        "authorization:Bearer ",
        "sig=",
        "?sig=",
        "key\":[\"",
        "token\": [",
        "\u001b[31m",
        "\\u001b[",
        "key\u001b[0m",
        "é",
        "é@",
        "日本",
        "access_token$production$",
        "{\"key\":",
        "[1,",
        "\"name\":\"token\",\"value\":",
        "[API_KEY_REDACTED]",
        "password is ",
        "login password ",
        "a_key_b_token_c_secret_",
        "Private-Lines: 1\n",
        "oauth:",
        "...",
        "password(\"",
        ".password(",
        "<password>",
        "--password ",
        "_mmk",
        ".atlasv1.",
        ":AA",
        "JQQJ99",
        "{",
        "[",
        "pass:",
        "tel:",
        "-800-",
        "1-800-",
        "hooks.slack.com/services/",
        "SG.",
        "SG.a.",
        "pat.a.b."
      })
  void cost_growsWithTheLengthOnly(String unit) {
    long small = steps(unit, SMALL);
    long large = steps(unit, 4 * SMALL);

    assertThat(large).isLessThanOrEqualTo(5 * small + SMALL);
    assertThat(large).isLessThanOrEqualTo(4L * SMALL * MAX_STEPS_PER_BYTE);
  }

  private static long steps(String unit, int length) {
    String text = unit.repeat(length / unit.length());
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    StandardRedactor redactor = StandardRedactor.STRICT;
    return redactor.pass(utf8, new RedactionOutput(), false).steps;
  }
}
