package dev.hookbus.payload;

import java.util.ArrayList;
import java.util.List;

/** The words that make the pass stop and a rule look. {@code #} stands for any digit. */
final class Keywords {

  /** Actions begin above the characters that Java reads before it reads a constant. */
  static final int FIELD = 0x100;

  static final int MAIL = 0x101;
  static final int NUMBER = 0x102;
  static final int ADDRESS = 0x103;
  static final int ADDRESS_V6 = 0x104;
  static final int HOME = 0x105;
  static final int URL = 0x106;
  static final int KEY_BLOCK = 0x107;
  static final int JWT = 0x108;
  static final int SCHEME = 0x109;
  static final int COMMAND = 0x10a;
  static final int SIGNATURE = 0x10b;

  /** Action of the first token format; the others follow in order. */
  static final int TOKENS = 0x200;

  /** Action of the first rule added by the user. */
  static final int CUSTOM = 0x4000;

  private static final int MAX_TRIGGER = 5;

  private Keywords() {}

  /** A keyword and what to do where it ends. */
  record Keyword(String text, int action) {}

  static List<Keyword> builtIn() {
    List<Keyword> all = new ArrayList<>();
    add(all, FIELD, "pass", "pwd", "secret", "token", "key", "auth", "cred", "mail", "phone");
    add(all, FIELD, "mobile", "ssn", "social", "card", "database", "db_ur", "dburl", "conn");
    add(all, FIELD, "dsn", "cookie", "jwt", "_pat", "kennwort", "cvv", "cvc", "otp");
    add(all, MAIL, "@", "%40", "u0040");
    add(all, NUMBER, "###-##", "###.###", "### ###", ") ###", ")###", "+#", "#############");
    add(all, NUMBER, "tel:", "-800-", "-888-", "-877-", "-866-");
    add(all, ADDRESS, ".#.", ".##.", ".###.");
    add(all, ADDRESS_V6, "::", "####:");
    add(all, HOME, "/users/", "/home/", "\\users\\", "\\/users\\/", "\\/home\\/", "%2fusers%2f");
    add(all, HOME, "%2fhome%2f", "-users-", "-home-");
    add(all, URL, "://", ":\\/\\/", "%3a%2f%2f", "thin:");
    add(all, KEY_BLOCK, "-begin", "- begin", "private-lines");
    add(all, JWT, "eyj");
    add(all, SCHEME, "bearer ", "basic ", "bearer%20", "basic%20");
    add(all, COMMAND, " -u", " -p", " -a ", "--user");
    add(all, SIGNATURE, "sig=", "signature=");
    List<TokenFormat> formats = TokenFormat.all();
    for (int i = 0; i < formats.size(); i++) {
      for (String trigger : triggers(formats.get(i))) {
        add(all, TOKENS + i, trigger);
      }
    }
    return all;
  }

  /** A prefix of two letters is in every other word, so such a format waits for one byte more. */
  private static List<String> triggers(TokenFormat format) {
    String prefix = format.prefix().toLowerCase(java.util.Locale.ROOT);
    if (prefix.length() == 2 && format.body().startsWith("x")) {
      return List.of(
          prefix + "#",
          prefix + "a",
          prefix + "b",
          prefix + "c",
          prefix + "d",
          prefix + "e",
          prefix + "f");
    }
    return List.of(prefix.substring(0, Math.min(prefix.length(), MAX_TRIGGER)));
  }

  private static void add(List<Keyword> all, int action, String... words) {
    for (String word : words) {
      all.add(new Keyword(word, action));
    }
  }
}
