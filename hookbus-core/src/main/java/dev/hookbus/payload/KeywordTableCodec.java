package dev.hookbus.payload;

/**
 * Packs an automaton into text for the constants of {@link KeywordTable}, and back. Building it
 * anew would take as long as redacting megabytes.
 *
 * <p>Most transitions of a state are those of the first state, so a row is the list of those that
 * differ: the class in the upper six bits, the number of the next state in the lower ten.
 */
final class KeywordTableCodec {

  /** Keeps constants clear of line ends, quotes and backslashes, which Java reads first. */
  private static final int OFFSET = 0x100;

  private static final int STATE_BITS = 10;
  private static final int STATE_MASK = (1 << STATE_BITS) - 1;

  private KeywordTableCodec() {}

  /** The automaton of the built-in keywords. */
  static Automaton decode() {
    char[] rows = KeywordTable.ROWS.toCharArray();
    int stride = KeywordTable.STRIDE;
    char[] next = new char[KeywordTable.STATES * stride];
    int at = 0;
    for (int row = 0; row < next.length; row += stride) {
      if (row > 0) {
        System.arraycopy(next, 0, next, row, stride);
      }
      for (int left = rows[at++] - OFFSET; left > 0; left--) {
        int entry = rows[at++] - OFFSET;
        next[row + (entry >> STATE_BITS)] = (char) ((entry & STATE_MASK) * stride);
      }
    }
    char[] lists = KeywordTable.KEYWORDS.toCharArray();
    int accepting = KeywordTable.ACCEPTING;
    return new Automaton(
        classes(KeywordTable.CLASSES),
        next,
        stride,
        accepting * stride,
        outputs(lists, KeywordTable.STATES - accepting),
        lists);
  }

  /** The differences of all rows from the first, each row as their count and then themselves. */
  static String encodeRows(Automaton automaton) {
    char[] next = automaton.next();
    int stride = automaton.stride();
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < next.length; row += stride) {
      StringBuilder entries = new StringBuilder();
      for (int symbol = 0; symbol < stride; symbol++) {
        int usual = row == 0 ? 0 : next[symbol];
        if (next[row + symbol] != usual) {
          int state = next[row + symbol] / stride;
          entries.append((char) ((symbol << STATE_BITS | state) + OFFSET));
        }
      }
      out.append((char) (entries.length() + OFFSET)).append(entries);
    }
    return out.toString();
  }

  /** The classes of the 128 ASCII characters; no keyword has another. */
  static String encodeClasses(Automaton automaton) {
    StringBuilder out = new StringBuilder();
    for (int c = 0; c < 128; c++) {
      out.append((char) (automaton.classes()[c] + OFFSET));
    }
    return out.toString();
  }

  /** The lists of keywords; an index into one is found by counting their ends. */
  static String encodeKeywords(Automaton automaton) {
    return new String(automaton.lists());
  }

  private static byte[] classes(String encoded) {
    byte[] classes = new byte[256];
    for (int c = 0; c < encoded.length(); c++) {
      classes[c] = (byte) (encoded.charAt(c) - OFFSET);
    }
    return classes;
  }

  private static char[] outputs(char[] lists, int count) {
    char[] outputs = new char[count];
    int list = 1;
    for (int i = 0; i < lists.length && list < count; i++) {
      if (lists[i] == Automaton.END) {
        outputs[list++] = (char) (i + 1);
      }
    }
    return outputs;
  }
}
