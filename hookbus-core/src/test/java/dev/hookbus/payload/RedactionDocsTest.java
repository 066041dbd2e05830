package dev.hookbus.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Keeps the tables of {@code docs/redaction.md} in step with the code. After a change of the token
 * formats run this test with {@code -Dhookbus.regenerate=true}.
 */
class RedactionDocsTest {

  private static final Path PAGE = Path.of("../docs/redaction.md");
  private static final String BEGIN = "<!-- token formats: generated, see RedactionDocsTest -->\n";
  private static final String END = "<!-- end of token formats -->";

  @Test
  void tokenTable_isThatOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    String expected = page.substring(0, from) + table() + page.substring(to);
    if (Boolean.getBoolean("hookbus.regenerate")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  @Test
  void everyReplacement_isOnThePage() throws IOException {
    String page = Files.readString(PAGE);

    for (RedactionKind kind : RedactionKind.all()) {
      assertThat(page).contains("`" + kind.token() + "`").contains("`" + kind.label() + "`");
    }
  }

  @Test
  void catalogue_hasManyFormatsWithDistinctNames() {
    List<TokenFormat> formats = TokenFormat.all();

    assertThat(formats).hasSizeGreaterThanOrEqualTo(70);
    assertThat(formats.stream().map(TokenFormat::name)).doesNotHaveDuplicates();
  }

  private static String table() {
    StringBuilder out = new StringBuilder("| token | begins with | rule |\n|---|---|---|\n");
    for (TokenFormat format : TokenFormat.all()) {
      String prefix = format.prefix();
      boolean inside = format.flags().indexOf('<') >= 0;
      out.append("| ").append(format.title()).append(" | ");
      out.append(inside ? "contains " : "").append('`').append(prefix).append("` | `");
      out.append(format.name()).append("` |\n");
    }
    return out.toString();
  }
}
