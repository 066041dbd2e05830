package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RedactCommandTest {

  @Test
  void input_isFiltered() {
    assertThat(run("é mail ann@example.com 日本\n")).isEqualTo("é mail [EMAIL_REDACTED] 日本\n");
  }

  @Test
  void objects_keepTheirIdsOnLinesOfTheirOwn() {
    String input =
        "{\"id\":7,\"text\":\"ann@example.com\\n\"}\n\n{\"text\":\"fine\",\"x\":[1],\"id\":\"b\"}\n";

    assertThat(run(input, "--jsonl").lines())
        .containsExactly(
            "{\"id\":7,\"output\":\"[EMAIL_REDACTED]\\n\"}", "{\"output\":\"fine\",\"id\":\"b\"}");
  }

  @Test
  void explanation_namesTheRule() {
    assertThat(run("to ann@example.com", "--explain"))
        .startsWith("3-18\temail\temail\t")
        .doesNotContain("ann");
  }

  @Test
  void directory_isCounted(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("a.txt"), "ann@example.com");
    Files.writeString(directory.resolve("b.txt"), "nothing");

    assertThat(run("", directory.toString()))
        .contains("1\t" + directory.resolve("a.txt"))
        .contains("1 findings in 2 files");
  }

  @Test
  void fieldsAndMode_areTakenFromOptions() {
    assertThat(run("badge=A77-XYZ 10.0.0.1", "--mode", "lenient", "--field", "badge"))
        .isEqualTo("badge=[API_KEY_REDACTED] 10.0.0.1");
  }

  private static String run(String input, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine command =
        new CommandLine(
            new RedactCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))));
    int code =
        command
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out))
            .execute(arguments);

    assertThat(code).isZero();
    return out.toString();
  }
}
