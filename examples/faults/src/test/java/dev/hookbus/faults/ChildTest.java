package dev.hookbus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

  @TempDir Path directory;

  @Test
  void childInTheMiddleOfItsWork_endsWhenItsParentIsGone() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                directory.resolve("hookbus.db").toString(),
                directory.resolve("events").toString(),
                "250")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      child.getOutputStream().write("write w 1000000000\n".getBytes(StandardCharsets.UTF_8));
      child.getOutputStream().flush();
      assertThat(said.readLine()).isEqualTo("ack w-0");

      child.getOutputStream().close();

      while (said.readLine() != null) {
        // what it says until it is gone
      }
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
  }
}
