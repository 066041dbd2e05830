package dev.hookbus.benchmarks.scale;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints tables that can be pasted into a page. */
final class Markdown {

  private final PrintStream out;

  Markdown(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.println("\n### " + text + "\n");
    out.flush();
  }

  void text(String text) {
    out.println(text + "\n");
    out.flush();
  }

  void head(String... columns) {
    row((Object[]) columns);
    out.println("|---".repeat(columns.length) + "|");
  }

  void row(Object... cells) {
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      line.append(' ').append(cell).append(" |");
    }
    out.println(line);
    out.flush();
  }

  void row(List<?> cells) {
    row(cells.toArray());
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String micros(long nanos) {
    return number(nanos / 1e3);
  }

  static String millis(long nanos) {
    return number(nanos / 1e6);
  }
}
