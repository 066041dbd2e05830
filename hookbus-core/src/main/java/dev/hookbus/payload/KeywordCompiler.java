package dev.hookbus.payload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds an automaton of keywords. Run at build time, and for redactors with rules of the user. */
final class KeywordCompiler {

  /** The class of all bytes that occur in no keyword. */
  private static final int OTHER = 0;

  private static final int DIGITS = 1;

  private final byte[] classes = new byte[256];
  private final List<int[]> rows = new ArrayList<>();
  private final List<List<Keywords.Keyword>> outputs = new ArrayList<>();
  private int stride = 2;

  private KeywordCompiler() {}

  static Automaton compile(List<Keywords.Keyword> keywords) {
    KeywordCompiler compiler = new KeywordCompiler();
    compiler.classify(keywords);
    compiler.addState();
    for (Keywords.Keyword keyword : keywords) {
      compiler.add(keyword);
    }
    compiler.completeTransitions();
    return compiler.number();
  }

  private void classify(List<Keywords.Keyword> keywords) {
    for (int c = '0'; c <= '9'; c++) {
      classes[c] = DIGITS;
    }
    classes['#'] = DIGITS;
    for (Keywords.Keyword keyword : keywords) {
      for (char c : keyword.text().toCharArray()) {
        if (classes[c] == OTHER) {
          classes[c] = (byte) stride;
          if (c >= 'a' && c <= 'z') {
            classes[c - 32] = (byte) stride;
          }
          stride++;
        }
      }
    }
  }

  private int addState() {
    int[] row = new int[stride];
    Arrays.fill(row, -1);
    rows.add(row);
    outputs.add(new ArrayList<>());
    return rows.size() - 1;
  }

  private void add(Keywords.Keyword keyword) {
    int state = 0;
    for (char c : keyword.text().toCharArray()) {
      int symbol = classes[c];
      int next = rows.get(state)[symbol];
      if (next < 0) {
        next = addState();
        rows.get(state)[symbol] = next;
      }
      state = next;
    }
    outputs.get(state).add(keyword);
  }

  private void completeTransitions() {
    int[] fail = new int[rows.size()];
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    int[] root = rows.get(0);
    for (int symbol = 0; symbol < stride; symbol++) {
      if (root[symbol] < 0) {
        root[symbol] = 0;
      } else {
        queue.add(root[symbol]);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      int[] row = rows.get(state);
      int[] fallback = rows.get(fail[state]);
      outputs.get(state).addAll(outputs.get(fail[state]));
      for (int symbol = 0; symbol < stride; symbol++) {
        if (row[symbol] < 0) {
          row[symbol] = fallback[symbol];
        } else {
          fail[row[symbol]] = fallback[symbol];
          queue.add(row[symbol]);
        }
      }
    }
    // A hash sign stands for a digit in keywords only.
    classes['#'] = OTHER;
  }

  /** Numbers the states breadth first, those without output before those with one. */
  private Automaton number() {
    int[] numbers = new int[rows.size()];
    int count = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int state : breadthFirst()) {
        if (outputs.get(state).isEmpty() == (pass == 0)) {
          numbers[state] = count++;
        }
      }
    }
    int accepting = 0;
    char[] next = new char[rows.size() * stride];
    for (int state = 0; state < rows.size(); state++) {
      if (outputs.get(state).isEmpty()) {
        accepting++;
      }
      for (int symbol = 0; symbol < stride; symbol++) {
        next[numbers[state] * stride + symbol] = (char) (numbers[rows.get(state)[symbol]] * stride);
      }
    }
    if (rows.size() * stride > Character.MAX_VALUE) {
      throw new IllegalArgumentException("Too many keywords for one automaton.");
    }
    char[] starts = new char[rows.size() - accepting];
    StringBuilder lists = new StringBuilder();
    for (int state : byNumber(numbers)) {
      if (!outputs.get(state).isEmpty()) {
        starts[numbers[state] - accepting] = (char) lists.length();
        for (Keywords.Keyword keyword : outputs.get(state)) {
          lists
              .append((char) keyword.action())
              .append((char) (keyword.text().length() + Automaton.LENGTH_OFFSET));
        }
        lists.append(Automaton.END);
      }
    }
    return new Automaton(
        classes, next, stride, accepting * stride, starts, lists.toString().toCharArray());
  }

  private static int[] byNumber(int[] numbers) {
    int[] states = new int[numbers.length];
    for (int state = 0; state < numbers.length; state++) {
      states[numbers[state]] = state;
    }
    return states;
  }

  private List<Integer> breadthFirst() {
    List<Integer> order = new ArrayList<>();
    boolean[] seen = new boolean[rows.size()];
    order.add(0);
    seen[0] = true;
    for (int i = 0; i < order.size(); i++) {
      for (int next : rows.get(order.get(i))) {
        if (!seen[next]) {
          seen[next] = true;
          order.add(next);
        }
      }
    }
    return order;
  }
}
