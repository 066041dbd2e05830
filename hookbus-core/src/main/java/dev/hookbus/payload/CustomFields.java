package dev.hookbus.payload;

import java.util.List;

/** Names of fields that the user added, compared without regard to case and separators. */
final class CustomFields {

  static final CustomFields NONE = new CustomFields(List.of());

  private final String[] names;

  CustomFields(List<String> normalized) {
    names = normalized.toArray(new String[0]);
  }

  /** The letters and digits of a name, in lower case. */
  static String normalize(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        out.append(Character.toLowerCase(c));
      }
    }
    return out.toString();
  }

  boolean contains(Scan scan, int from, int to) {
    for (String name : names) {
      if (equal(name, scan, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(String name, Scan scan, int from, int to) {
    int at = 0;
    for (int i = from; i < to; i++) {
      if (scan.is(i, Chars.ALNUM)) {
        if (at == name.length() || scan.lower(i) != name.charAt(at)) {
          return false;
        }
        at++;
      }
    }
    return at == name.length();
  }
}
