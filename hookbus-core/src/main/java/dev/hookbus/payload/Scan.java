package dev.hookbus.payload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one pass over a text: what rules may see, where the pass is, what has been replaced.
 *
 * <p>A rule sees {@link #BEHIND} bytes before its trigger and {@link #AHEAD} after it, however much
 * text there is. So its cost is bounded, and its answer does not depend on how the text arrives.
 */
final class Scan {

  static final int BEHIND = 256;
  static final int AHEAD = 4_096;

  /** Nothing is left over from the last replacement. */
  static final int TAIL_NONE = 0;

  /** The replaced text goes on while its bytes are of a class. */
  static final int TAIL_RUN = 1;

  /** The replaced text goes on to a closing quote. */
  static final int TAIL_QUOTED = 2;

  /** The replaced text goes on as the body of a private key. */
  static final int TAIL_KEY_BLOCK = 3;

  final RedactionMode mode;
  final RedactionOutput out;
  private final boolean explaining;
  private final List<Match> matches = new ArrayList<>(0);
  private final int[] counts = new int[RedactionKind.COUNT];

  byte[] in;
  int limit;

  /** First byte that no replacement has covered yet. */
  int floor;

  /** Where the pass goes on. */
  int pos;

  int low;
  int high;

  /** What drives this pass; rules may have it pass over a part of their own text. */
  @Nullable Redactions redactions;

  int tail;
  int tailMask;
  Quote tailQuote = Quote.NONE;

  /** Whether the text begins like JSON, so that quotes in it are structure. */
  boolean json;

  /** Time that patterns of the user have taken. */
  long patternNanos;

  /** How many bytes the rules have looked at; what makes the cost of a pass testable. */
  long steps;

  private int runMask;
  private int runFrom;
  private int runTo;
  private int quotesSeenTo;
  private boolean insideString;

  Scan(byte[] in, int limit, RedactionMode mode, RedactionOutput out, boolean explaining) {
    this.in = in;
    this.limit = limit;
    this.mode = mode;
    this.out = out;
    this.explaining = explaining;
  }

  /** The byte at an index as 0..255, or -1 where the rules may not look. */
  int at(int index) {
    return index >= low && index < high ? in[index] & 0xFF : -1;
  }

  boolean is(int index, int mask) {
    return index >= low && index < high && Chars.is(in[index], mask);
  }

  /** The ASCII lower case of the byte at an index, or -1. */
  int lower(int index) {
    int c = at(index);
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  /**
   * End of the run of bytes of a class that begins at {@code from}. Asked again within the same
   * run, it goes on from the end it found, so that many triggers in one run cost no more than one.
   */
  int runEnd(int from, int mask) {
    boolean known = mask == runMask && from >= runFrom && from <= runTo;
    int end = known ? Math.min(runTo, high) : from;
    while (end < high && Chars.is(in[end], mask)) {
      end++;
    }
    steps += end - (known ? runTo : from);
    if (!known) {
      runMask = mask;
      runFrom = from;
    }
    runTo = Math.max(end, known ? runTo : end);
    return end;
  }

  /** As {@link #runEnd(int, int)}, but looking at no more than {@code max} bytes. */
  int runEnd(int from, int mask, int max) {
    int stop = Math.min(high, from + max);
    int end = from;
    while (end < stop && Chars.is(in[end], mask)) {
      end++;
    }
    steps += end - from;
    return end;
  }

  /** Start of the run of at most {@code max} bytes of a class that ends before {@code to}. */
  int runStart(int to, int mask, int max) {
    int stop = Math.max(low, to - max);
    int start = to;
    while (start > stop && Chars.is(in[start - 1], mask)) {
      start--;
    }
    steps += to - start;
    return start;
  }

  boolean matches(int from, String text) {
    if (from < low || from + text.length() > high) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (in[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #matches}, without regard to ASCII case; {@code text} is in lower case. */
  boolean matchesIgnoringCase(int from, String text) {
    if (from < low || from + text.length() > high) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Chars.lower(in[from + i]) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code text}, in lower case, occurs in a range. */
  boolean contains(int from, int to, String text) {
    steps += Math.max(0, to - from);
    for (int i = from; i + text.length() <= to; i++) {
      if (matchesIgnoringCase(i, text)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a range holds one of the tokens this library writes. */
  boolean isRedacted(int from) {
    if (at(from) != '[') {
      return false;
    }
    for (RedactionKind kind : RedactionKind.all()) {
      if (matches(from, kind.token())) {
        return true;
      }
    }
    return false;
  }

  /** The last bytes before an index, at most {@code count}, as they have been written. */
  byte[] written(int index, int count) {
    int untouched = Math.max(0, Math.min(count, index - floor));
    byte[] text = new byte[count];
    System.arraycopy(in, index - untouched, text, count - untouched, untouched);
    int known = untouched + out.copyEnd(count - untouched, text, count - untouched);
    return known == count ? text : Arrays.copyOfRange(text, count - known, count);
  }

  /** Whether one of our tokens begins in a range: then a pass has already been here. */
  boolean hasRedacted(int from, int to) {
    for (int i = from; i < to; i++) {
      if (at(i) == '[' && isRedacted(i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a word may begin at an index: what stands before it is no part of it. The letter of an
   * escape such as {@code \n}, an ANSI sequence or a percent-encoded byte is no part of a word.
   */
  boolean wordStarts(int index) {
    return !isJoinedBefore(index) || startsBehindEscape(index);
  }

  /**
   * Whether a word goes on at an index. One of our tokens stands for such a word, so that a second
   * pass finds the boundaries that the first one found.
   */
  boolean isJoinedAfter(int index) {
    return is(index, Chars.WORD) || isRedacted(index);
  }

  /** Whether a word, or one of our tokens, ends right before an index. */
  boolean isJoinedBefore(int index) {
    if (at(index - 1) != ']') {
      return is(index - 1, Chars.WORD);
    }
    for (RedactionKind kind : RedactionKind.all()) {
      if (matches(index - kind.token().length(), kind.token())) {
        return true;
      }
    }
    return false;
  }

  /** Whether an escape sequence ends right before an index. */
  boolean startsBehindEscape(int index) {
    int before = at(index - 1);
    if (at(index - 2) == '\\' && "nrtbf".indexOf(before) >= 0) {
      return true;
    }
    if (at(index - 3) == '%' && is(index - 2, Chars.HEX) && is(index - 1, Chars.HEX)) {
      return true;
    }
    if (at(index - 6) == '\\' && at(index - 5) == 'u') {
      return true;
    }
    return before == 'm' && isAnsiColour(index - 1);
  }

  private boolean isAnsiColour(int end) {
    int i = end;
    while (end - i < 16 && (is(i - 1, Chars.DIGIT) || at(i - 1) == ';')) {
      i--;
    }
    if (at(i - 1) != '[') {
      return false;
    }
    int escape = at(i - 2);
    return escape == 0x1B || escape == 'b' || escape == 'B' || escape == 'e' || escape == '3';
  }

  /** Replaces a range and goes on behind it. */
  void replace(int from, int to, RedactionKind kind, String rule, String reason) {
    replace(from, to, kind, Quote.NONE, rule, reason);
  }

  /** As {@link #replace}, for a range that lies behind text which other rules must see first. */
  void replaceBehindGap(int from, int to, String rule, String reason) {
    passGap(from);
    replace(from, to, RedactionKind.API_KEY, rule, reason);
  }

  /** Has the rules pass over what lies between the current trigger and an index. */
  void passGap(int to) {
    if (redactions != null) {
      redactions.runGap(to);
    }
  }

  /** Replaces a range by a token in quotes. */
  void replace(int from, int to, RedactionKind kind, Quote quote, String rule, String reason) {
    int start = Math.max(from, floor) + escapeLength(Math.max(from, floor));
    if (start >= to) {
      return;
    }
    out.copy(in, floor, start);
    quote.writeTo(out);
    out.token(kind);
    quote.writeTo(out);
    floor = to;
    pos = Math.max(pos, to);
    counts[kind.index()]++;
    if (explaining) {
      matches.add(new Match(kind, rule, start, to, reason));
    }
  }

  /** How many bytes of a JSON escape begin at an index, whose backslash stands before it. */
  private int escapeLength(int index) {
    int run = index;
    while (json && run > 0 && in[run - 1] == '\\') {
      run--;
    }
    boolean escaped = (index - run) % 2 == 1 && "nrtbfu".indexOf(in[index]) >= 0;
    return !escaped ? 0 : in[index] == 'u' ? 5 : 1;
  }

  /** Lets the last replacement swallow what follows, if it ended only because the view ended. */
  void tailRun(int mask) {
    if (floor == high) {
      tail = TAIL_RUN;
      tailMask = mask;
    }
  }

  void tailQuoted(Quote quote) {
    if (floor == high) {
      tail = TAIL_QUOTED;
      tailQuote = quote;
    }
  }

  /** Whether a byte stands inside a JSON string, counted from the start of the text. */
  boolean insideString(int index) {
    int i = quotesSeenTo;
    boolean inside = insideString;
    while (i < index) {
      byte b = in[i];
      if (b == '"') {
        inside = !inside;
      } else if (b == '\\' && inside) {
        i++;
      }
      i++;
    }
    quotesSeenTo = i;
    insideString = inside;
    return inside;
  }

  /** Brings the count of quotes up to an index, before the text before it is forgotten. */
  void insideStringBefore(int index) {
    if (json && index > quotesSeenTo) {
      insideString(index);
    }
  }

  /** Forgets the first {@code count} bytes of the text, for which there is new text at the end. */
  void slide(int count) {
    floor -= count;
    pos -= count;
    quotesSeenTo = Math.max(0, quotesSeenTo - count);
    runMask = 0;
  }

  int[] counts() {
    return counts;
  }

  List<Match> matches() {
    return matches;
  }

  /** A replacement, in bytes. */
  record Match(RedactionKind kind, String rule, int from, int to, String reason) {}
}
