package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.Stop;
import dev.hookbus.host.StopAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandTest extends CliTest {

  @TempDir Path place;

  /** A hook somebody wrote. */
  static final class OwnHook {
    public static void main(String[] arguments) {
      HookMain.run("own", HookHandler.on(Stop.class, stop -> StopAnswer.none()));
    }
  }

  private Outcome install(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "install",
                "--dir",
                place.resolve("hooks").toString(),
                "--settings",
                place.resolve("settings.json").toString(),
                "--hook",
                "Stop=" + OwnHook.class.getName(),
                "--dry-run"));
    arguments.addAll(List.of(more));
    return hookbus(arguments.toArray(String[]::new));
  }

  /** Stands for the module, whose classes this one does not know. */
  private String jarWithHttpSink() throws IOException {
    Path jar = place.resolve("http-sink.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("dev/hookbus/sink/http/HttpSinkProvider.class"));
    }
    return jar.toString();
  }

  @Test
  void ownHook_keepsEventsOnTheMachine_whereNoJarCanSendThem() {
    Outcome installed = install();

    assertThat(installed.err()).isEmpty();
    assertThat(installed.out()).contains("+HOOKBUS_SINKS=jsonl\n", "+ZO_EVENT_ENDPOINT=\n");
  }

  @Test
  void ownHook_sendsEventsToo_whereAJarCan() throws IOException {
    assertThat(install("--jar", jarWithHttpSink()).out())
        .contains("+HOOKBUS_SINKS=jsonl,http\n", "+ZO_EVENT_ENDPOINT=http://localhost:9000/ingest");
  }

  @Test
  void endpoint_thatNothingCouldEverReach_isRefused() throws IOException {
    Outcome withoutSink = install("--endpoint", "https://bridge.example/ingest");
    assertThat(withoutSink.exitCode()).isEqualTo(2);
    assertThat(withoutSink.err()).contains("no jar brings the HTTP sink", "--jar");

    for (String endpoint : List.of("bridge.example", "ftp://bridge.example/", "http://a b/")) {
      Outcome noAddress = install("--jar", jarWithHttpSink(), "--endpoint", endpoint);
      assertThat(noAddress.exitCode()).isEqualTo(2);
      assertThat(noAddress.err()).contains("must be an http or https address");
    }
  }

  @Test
  void words_areExplainedInTheWordsOfTheCommandLine() {
    assertThat(install("--env", "FOO").err())
        .contains("option '--env' ")
        .doesNotContain("option o");
    assertThat(install("--scope", "all").err()).contains("[user, project, local]");
  }
}
