package dev.hookbus.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

  @TempDir Path scratch;

  private List<Diagnosis> examine(String settings) throws IOException {
    Path file = Files.writeString(scratch.resolve("settings.json"), settings);
    return Doctor.examine(scratch, file, scratch.resolve("hookbus.db"));
  }

  private static String handler(String more) {
    return "{\"type\":\"command\",\"command\":\"/x\"" + more + "}";
  }

  private static String group(String event, String matcher, String handlers) {
    return "{\"hooks\":{\"%s\":[{%s\"hooks\":[%s]}]}}"
        .formatted(event, matcher.isEmpty() ? "" : "\"matcher\":\"" + matcher + "\",", handlers);
  }

  private static void assertFound(List<Diagnosis> findings, Diagnosis.Level level, String text) {
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.level()).isEqualTo(level);
              assertThat(finding + "").contains(text);
              assertThat(finding.remedy()).isNotBlank();
            });
  }

  @Test
  void hooksThatCannotWork_areNamedWithTheirLine() throws IOException {
    String gate = handler(",\"onFailure\":\"block\"");
    assertFound(
        examine(group("PreToolUse", "Bash|mcp__memory", gate)),
        Diagnosis.Level.PROBLEM,
        "write mcp__memory__.*");
    assertThat(examine(group("PreToolUse", "mcp__memory__.*|Bash", gate)))
        .noneMatch(finding -> finding.what().contains("matcher"));
    assertFound(
        examine(group("PreToolUse", "", handler(""))), Diagnosis.Level.WARNING, "onFailure");
    assertFound(
        examine(group("PreToolUse", "", gate + "," + gate)), Diagnosis.Level.PROBLEM, "twice");
    assertFound(
        examine(group("PostToolUse", "", handler(",\"timeout\":0.5"))),
        Diagnosis.Level.PROBLEM,
        "line 1");
    assertFound(
        examine(group("posttooluse", "", handler(""))),
        Diagnosis.Level.WARNING,
        "write PostToolUse");
    assertFound(examine(group("Stop", "Bash", handler(""))), Diagnosis.Level.WARNING, "no matcher");
    assertFound(examine("{ // mine\n}"), Diagnosis.Level.PROBLEM, "no strict JSON");
  }

  @Test
  void environment_isLookedAt() throws IOException {
    Path file = scratch.resolve(".env");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "http://u:secret@127.0.0.1:" + server.getLocalPort() + "/ingest";
      Files.writeString(file, "ZO_EVENT_ENDPOINT=" + address + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      List<Diagnosis> findings = examine("{}");
      assertFound(findings, Diagnosis.Level.PROBLEM, "chmod 600");
      assertThat(findings)
          .anyMatch(finding -> finding.what().equals("the endpoint can be reached"));
      assertThat(findings.toString()).doesNotContain("secret");
    }
    Files.writeString(file, "ZO_EVENT_ENDPOINT=nowhere\n");
    assertFound(examine("{}"), Diagnosis.Level.PROBLEM, "no http address");
    assertFound(examine("{}"), Diagnosis.Level.PROBLEM, "run hookbus install");
  }
}
