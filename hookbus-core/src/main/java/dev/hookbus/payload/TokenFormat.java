package dev.hookbus.payload;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a kind of token: a line of {@link TokenCatalog}.
 *
 * @param name short name of the rule
 * @param title what it is, for people
 * @param prefix the text every such token has
 * @param body what follows the prefix
 * @param flags conditions
 */
record TokenFormat(String name, String title, String prefix, String body, String flags) {

  private static final int UUID_LENGTH = 36;
  private static final int MISMATCH = -1;
  private static final int MIXED_WITHIN = 64;
  private static final int LONGEST_PART = 512;

  /** The formats of the catalogue, in its order. */
  static List<TokenFormat> all() {
    List<TokenFormat> all = new ArrayList<>();
    String catalog = TokenCatalog.FORMATS;
    int line = 0;
    while (line < catalog.length()) {
      int end = catalog.indexOf('\n', line);
      int title = catalog.indexOf(';', line) + 1;
      int prefix = catalog.indexOf(';', title) + 1;
      int body = catalog.indexOf(';', prefix) + 1;
      int flags = catalog.indexOf(';', body) + 1;
      all.add(
          new TokenFormat(
              catalog.substring(line, title - 1),
              catalog.substring(title, prefix - 1),
              catalog.substring(prefix, body - 1),
              catalog.substring(body, flags - 1),
              catalog.substring(flags, end)));
      line = end + 1;
    }
    return all;
  }

  /** Replaces the token whose prefix begins at {@code start}, if there is one. */
  void check(Scan scan, int start) {
    if (!scan.matches(start, prefix)) {
      return;
    }
    int behind = flags.indexOf('<');
    int from = start;
    if (behind >= 0) {
      int mask = mask(flags.charAt(behind + 1));
      from = scan.runStart(start, mask, 100);
      if (start - from < number(flags, behind + 2)) {
        return;
      }
    } else if (has('b') && !scan.wordStarts(start)) {
      return;
    }
    int bodyStart = start + prefix.length();
    if (has('m') && !isMixed(scan, bodyStart)) {
      return;
    }
    int end = bodyEnd(scan, bodyStart);
    if (end == MISMATCH || (has('e') && scan.isJoinedAfter(end))) {
      return;
    }
    end = scan.runEnd(end, Chars.WORD);
    // The part before a secret path or header value says where it belongs and may stay.
    int replaced = has('k') ? bodyStart : from;
    scan.replace(replaced, end, RedactionKind.API_KEY, name, title);
    scan.tailRun(Chars.URL_SAFE);
  }

  private boolean has(char flag) {
    int at = flags.indexOf(flag);
    return at >= 0 && (at == 0 || flags.charAt(at - 1) != '<');
  }

  private int bodyEnd(Scan scan, int start) {
    int at = start;
    int item = 0;
    while (item < body.length()) {
      int next = body.indexOf(' ', item);
      int itemEnd = next < 0 ? body.length() : next;
      at = itemEnd(scan, at, item, itemEnd);
      if (at == MISMATCH) {
        return MISMATCH;
      }
      item = itemEnd + 1;
    }
    return at;
  }

  private int itemEnd(Scan scan, int at, int item, int itemEnd) {
    char type = body.charAt(item);
    if (type == '=') {
      String text = body.substring(item + 1, itemEnd);
      return scan.matches(at, text) ? at + text.length() : MISMATCH;
    }
    if (type == '@') {
      return isUuid(scan, at) ? at + UUID_LENGTH : MISMATCH;
    }
    int wanted = number(body, item + 1);
    boolean exact = body.charAt(itemEnd - 1) == '!';
    boolean last = itemEnd == body.length();
    int longest = exact ? wanted + 1 : last ? Scan.AHEAD : LONGEST_PART;
    int end = scan.runEnd(at, mask(type), longest);
    return end - at == wanted || (end - at > wanted && !exact) ? end : MISMATCH;
  }

  static boolean isUuid(Scan scan, int start) {
    for (int i = 0; i < UUID_LENGTH; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? scan.at(start + i) != '-' : !scan.is(start + i, Chars.HEX)) {
        return false;
      }
    }
    return true;
  }

  /** Whether letters and digits come mixed, as they seldom do in the name of a thing. */
  private static boolean isMixed(Scan scan, int from) {
    boolean digit = false;
    boolean letter = false;
    int to = scan.runEnd(from, Chars.URL_SAFE, MIXED_WITHIN);
    for (int i = from; i < to; i++) {
      digit |= scan.is(i, Chars.DIGIT);
      letter |= scan.is(i, Chars.LETTER);
    }
    return digit && letter;
  }

  private static int number(String text, int from) {
    int number = 0;
    for (int i = from; i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9'; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static int mask(char type) {
    return switch (type) {
      case 'd' -> Chars.DIGIT;
      case 'x' -> Chars.HEX;
      case 'l' -> Chars.LOWER | Chars.DIGIT;
      case 'u' -> Chars.UPPER | Chars.DIGIT;
      case 'a' -> Chars.ALNUM;
      case 'w' -> Chars.WORD;
      case 's' -> Chars.URL_SAFE;
      case 'b' -> Chars.BASE64 | Chars.EQUALS;
      case 'p' -> Chars.URL_SAFE | Chars.SLASH | Chars.DOT;
      case 'q' -> Chars.CREDENTIAL;
      default -> throw new IllegalStateException("No such class in the token catalogue: " + type);
    };
  }
}
