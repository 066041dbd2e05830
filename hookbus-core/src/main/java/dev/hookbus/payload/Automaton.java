package dev.hookbus.payload;

/**
 * An Aho-Corasick automaton over classes of bytes: letters without case, all digits as one.
 *
 * <p>States are numbered by their row's offset in the transition table, those in which a keyword
 * ends last, so that the search needs one comparison a byte.
 */
final class Automaton {

  private final byte[] classes;
  private final char[] next;
  private final int stride;
  private final int accepting;
  private final char[] outputs;
  private final char[] lists;

  /**
   * Makes an automaton of its tables.
   *
   * @param classes the class of each byte
   * @param next the offset of the next state's row, by row and class
   * @param stride how many classes there are
   * @param accepting offset of the first state in which a keyword ends
   * @param outputs by accepting state, where its keywords begin in {@code lists}
   * @param lists keywords, as action and length by turns, each list closed by {@link #END}
   */
  Automaton(byte[] classes, char[] next, int stride, int accepting, char[] outputs, char[] lists) {
    this.classes = classes;
    this.next = next;
    this.stride = stride;
    this.accepting = accepting;
    this.outputs = outputs;
    this.lists = lists;
  }

  /** Added to the length of a keyword in a list. */
  static final int LENGTH_OFFSET = 0x100;

  static final char END = '\uFFFF';

  /**
   * Reads on to the end of the next keyword.
   *
   * @return the state reached in the upper half, the index reached in the lower
   */
  long find(byte[] in, int from, int to, int state) {
    byte[] classOf = classes;
    char[] table = next;
    int stop = accepting;
    int s = state;
    int i = from;
    while (i < to) {
      s = table[s + classOf[in[i++] & 0xFF]];
      if (s >= stop) {
        break;
      }
    }
    return (long) s << 32 | i;
  }

  boolean accepts(int state) {
    return state >= accepting;
  }

  /** Index in the lists of the first keyword that ends in a state. */
  int firstKeyword(int state) {
    return outputs[(state - accepting) / stride];
  }

  /** What {@link #firstKeyword} and steps of two from it lead to: an action, or {@link #END}. */
  int action(int keyword) {
    return lists[keyword];
  }

  int length(int keyword) {
    return lists[keyword + 1] - LENGTH_OFFSET;
  }

  byte[] classes() {
    return classes;
  }

  char[] next() {
    return next;
  }

  int stride() {
    return stride;
  }

  int accepting() {
    return accepting;
  }

  char[] outputs() {
    return outputs;
  }

  char[] lists() {
    return lists;
  }
}
