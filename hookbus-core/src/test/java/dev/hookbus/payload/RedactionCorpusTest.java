package dev.hookbus.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Measures recall and precision. {@code mvn -pl hookbus-core test -Dtest=RedactionCorpusTest}
 * leaves the figures in {@code hookbus-core/target/redaction-corpus.txt}.
 */
class RedactionCorpusTest {

  private static final Path REPORT = Path.of("target/redaction-corpus.txt");
  private static final int SEEDS = 20;

  private final Redactor redactor = Redactor.standard();

  @Test
  void secretsGo_andTheRestStays() throws IOException {
    int secret = 0;
    int found = 0;
    int harmless = 0;
    int kept = 0;
    List<String> failures = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      for (RedactionCorpus.Case item : RedactionCorpus.load(seed)) {
        String output = redactor.redact(item.text());
        boolean hides = item.hides(output);
        boolean keeps = item.keeps(output);
        if (item.secrets().isEmpty()) {
          harmless++;
          kept += keeps ? 1 : 0;
        } else {
          secret++;
          found += hides ? 1 : 0;
        }
        if (!hides || !keeps) {
          failures.add(item.group() + ": " + item.text() + " => " + output);
        }
      }
    }
    String report =
        String.format(
            Locale.ROOT,
            "%d cases%nrecall %.3f %% (%d of %d)%nkept %.3f %% (%d of %d)%n",
            RedactionCorpus.load(1).size(),
            100.0 * found / secret,
            found,
            secret,
            100.0 * kept / harmless,
            kept,
            harmless);
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, report + String.join("\n", failures));

    assertThat(failures).isEmpty();
  }

  @Test
  void redactingTwice_changesNothing() {
    for (RedactionCorpus.Case item : RedactionCorpus.load(1)) {
      String once = redactor.redact(item.text());

      assertThat(redactor.redact(once)).as(item.text()).isSameAs(once);
    }
  }

  @Test
  void textWithoutSecrets_isTheSameArray() {
    byte[] text = "nothing to see".getBytes(StandardCharsets.UTF_8);

    assertThat(redactor.redact(text)).isSameAs(text);
    assertThat(redactor.apply(text).applied()).isFalse();
  }
}
