package dev.hookbus.cli;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells in aligned columns, each as wide as its widest cell. If a line gets too long, the elastic
 * column gives way.
 */
final class Table {

  private static final int MAX_WIDTH = 100;
  private static final int MIN_ELASTIC_WIDTH = 8;
  private static final String GAP = "  ";

  private enum Kind {
    TEXT,
    ELASTIC,
    NUMBER
  }

  private final List<Kind> kinds = new ArrayList<>();
  private final List<String> titles = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column of text. */
  @CanIgnoreReturnValue
  Table text(String title) {
    return column(title, Kind.TEXT);
  }

  /** Adds a column of text that may be cut. */
  @CanIgnoreReturnValue
  Table elastic(String title) {
    return column(title, Kind.ELASTIC);
  }

  /** Adds a column aligned to the right. */
  @CanIgnoreReturnValue
  Table number(String title) {
    return column(title, Kind.NUMBER);
  }

  /** Adds a row with a cell for every column. */
  void row(String... cells) {
    rows.add(List.of(cells).stream().map(Text::oneLine).toList());
  }

  void print(PrintWriter out) {
    int[] widths = widths();
    out.println(line(titles, widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private Table column(String title, Kind kind) {
    titles.add(title);
    kinds.add(kind);
    return this;
  }

  private int[] widths() {
    int[] widths = new int[titles.size()];
    int total = GAP.length() * (widths.length - 1);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = titles.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
      total += widths[i];
    }
    int elastic = kinds.indexOf(Kind.ELASTIC);
    if (elastic >= 0 && total > MAX_WIDTH) {
      widths[elastic] = Math.max(MIN_ELASTIC_WIDTH, widths[elastic] - (total - MAX_WIDTH));
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = Text.cut(cells.get(i), widths[i]);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : GAP)
          .append(kinds.get(i) == Kind.NUMBER ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }
}
