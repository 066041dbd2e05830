package dev.hookbus.install;

import java.util.ArrayList;
import java.util.List;

/** Shows what an edit changes, line by line, with two unchanged lines around each change. */
final class LineDiff {

  private static final int CONTEXT = 2;

  /** Beyond this many pairs of lines, everything between the first and last change is shown. */
  private static final long MAX_PAIRS = 25_000_000;

  private LineDiff() {}

  /** The changed lines, marked by {@code -} and {@code +}; empty if there are none. */
  static String of(String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    List<String> old = lines(before);
    List<String> now = lines(after);
    int head = 0;
    while (head < old.size() && head < now.size() && old.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < old.size() - head
        && tail < now.size() - head
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    List<String> marked = new ArrayList<>();
    mark(marked, ' ', old.subList(0, head));
    middle(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail), marked);
    mark(marked, ' ', old.subList(old.size() - tail, old.size()));
    return shown(marked);
  }

  private static void middle(List<String> old, List<String> now, List<String> marked) {
    if ((long) old.size() * now.size() > MAX_PAIRS) {
      mark(marked, '-', old);
      mark(marked, '+', now);
      return;
    }
    // The length of the longest common subsequence behind each pair of lines.
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        marked.add(" " + old.get(i));
        i++;
        j++;
      } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        marked.add("-" + old.get(i++));
      } else {
        marked.add("+" + now.get(j++));
      }
    }
  }

  private static String shown(List<String> marked) {
    StringBuilder shown = new StringBuilder();
    int last = -1;
    for (int i = 0; i < marked.size(); i++) {
      boolean near = false;
      int from = Math.max(0, i - CONTEXT);
      int to = Math.min(marked.size() - 1, i + CONTEXT);
      for (int k = from; k <= to; k++) {
        near |= marked.get(k).charAt(0) != ' ';
      }
      if (near) {
        shown.append(last >= 0 && last != i - 1 ? "  …\n" : "").append(marked.get(i)).append('\n');
        last = i;
      }
    }
    return shown.toString();
  }

  private static void mark(List<String> marked, char sign, List<String> lines) {
    for (String line : lines) {
      marked.add(sign + line);
    }
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int stop = end < 0 ? text.length() : end;
      lines.add(
          text.substring(start, stop > start && text.charAt(stop - 1) == '\r' ? stop - 1 : stop));
      start = stop + 1;
    }
    return lines;
  }
}
