package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

  private static String print(Table table) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void columns_areAlignedByTheirKind() {
    Table table = new Table().text("hook").number("calls");
    table.row("a", "1");
    table.row("tracker", "1,234");

    assertThat(print(table))
        .isEqualTo(
            """
            hook     calls
            a            1
            tracker  1,234
            """);
  }

  @Test
  void longLine_cutsTheElasticColumn() {
    Table table = new Table().elastic("hook").text("key");
    table.row("h".repeat(200), "k".repeat(32));

    assertThat(print(table).lines().skip(1).findFirst().orElseThrow())
        .hasSize(100)
        .endsWith("hh…  " + "k".repeat(32));
  }

  @Test
  void lineBreaksInCells_becomeSpaces() {
    Table table = new Table().text("hook");
    table.row("a\nb\u001b[2J");

    assertThat(print(table)).isEqualTo("hook\na b [2J\n");
  }
}
