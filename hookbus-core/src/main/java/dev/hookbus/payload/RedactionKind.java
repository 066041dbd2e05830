package dev.hookbus.payload;

/** What a piece of text was, and the token that takes its place. */
enum RedactionKind {
  API_KEY(0, "api_key", "[API_KEY_REDACTED]"),
  EMAIL(1, "email", "[EMAIL_REDACTED]"),
  PHONE(2, "phone", "[PHONE_REDACTED]"),
  SSN(3, "ssn", "[SSN_REDACTED]"),
  CREDIT_CARD(4, "credit_card", "[CREDIT_CARD_REDACTED]"),
  HOME(5, "home_path", "[USER]"),
  IP(6, "ip", "[IP]");

  static final int COUNT = 7;

  private static final RedactionKind[] ALL = values();

  private final int index;
  private final String label;
  private final String token;

  RedactionKind(int index, String label, String token) {
    this.index = index;
    this.label = label;
    this.token = token;
  }

  /** All kinds, in the order of their indexes; not to be changed. */
  static RedactionKind[] all() {
    return ALL;
  }

  /** Place in an array of counts. */
  int index() {
    return index;
  }

  String label() {
    return label;
  }

  String token() {
    return token;
  }
}
