package dev.hookbus.payload;

import java.nio.charset.StandardCharsets;

/** What a piece of text was, and the token that takes its place. */
enum RedactionKind {
  API_KEY("api_key", "[API_KEY_REDACTED]"),
  EMAIL("email", "[EMAIL_REDACTED]"),
  PHONE("phone", "[PHONE_REDACTED]"),
  SSN("ssn", "[SSN_REDACTED]"),
  CREDIT_CARD("credit_card", "[CREDIT_CARD_REDACTED]"),
  HOME("home_path", "[USER]"),
  IP("ip", "[IP]");

  private final String label;
  private final String token;

  RedactionKind(String label, String token) {
    this.label = label;
    this.token = token;
  }

  String label() {
    return label;
  }

  String token() {
    return token;
  }

  byte[] bytes() {
    return token.getBytes(StandardCharsets.ISO_8859_1);
  }
}
