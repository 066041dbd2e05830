package dev.hookbus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  @TempDir Path directory;

  private Place place() {
    return new Place(directory, directory, directory.resolve("home"));
  }

  private Verdict verdict(Policy policy, String command) {
    return policy.check(Action.command("Bash", command, place()));
  }

  @Test
  void strongestOpinion_wins() {
    Policy policy =
        Policy.builder()
            .failOpen("a", action -> Opinion.hint("a hint"))
            .failOpen("b", action -> Opinion.deny("no"))
            .failOpen("c", action -> Opinion.ask("sure?"))
            .failOpen("d", action -> Opinion.allow())
            .failOpen("e", action -> Opinion.deny("never"))
            .build();

    Verdict verdict = verdict(policy, "ls");

    assertThat(verdict.decision()).isEqualTo(Decision.DENY);
    assertThat(verdict.denied()).isTrue();
    assertThat(verdict.reason()).isEqualTo("no\nnever");
    assertThat(verdict.hints()).containsExactly("a hint");
    assertThat(verdict.findings())
        .extracting(Verdict.Finding::validator)
        .containsExactly("a", "b", "c", "e");
  }

  @Test
  void asking_isWeakerThanDenyingAndStrongerThanHinting() {
    Policy policy =
        Policy.builder()
            .failOpen("a", action -> Opinion.hint("a hint"))
            .failOpen("b", action -> Opinion.ask("sure?"))
            .build();
    Verdict verdict = verdict(policy, "ls");
    assertThat(verdict.decision()).isEqualTo(Decision.ASK);
    assertThat(verdict.reason()).isEqualTo("sure?");

    Verdict nothing = verdict(Policy.builder().build(), "rm -rf /");
    assertThat(nothing.decision()).isEqualTo(Decision.ALLOW);
    assertThat(nothing.reason()).isEmpty();
  }

  @Test
  void failingValidator_deniesOrIsLeftOut() {
    Validator broken =
        action -> {
          throw new IOException("sk-secret");
        };
    Validator overflowing = action -> deeper(action, 1);
    Verdict closed = verdict(Policy.builder().failClosed("mine", broken).build(), "ls");
    Verdict deep = verdict(Policy.builder().failClosed("mine", overflowing).build(), "ls");
    Verdict open = verdict(Policy.builder().failOpen("mine", broken).build(), "ls");

    assertThat(closed.denied()).isTrue();
    assertThat(closed.reason()).contains("mine").contains("IOException").doesNotContain("sk-");
    assertThat(deep.denied()).isTrue();
    assertThat(open.decision()).isEqualTo(Decision.ALLOW);
    assertThat(open.failures()).singleElement().asString().contains("mine").doesNotContain("sk-");
  }

  private static Opinion deeper(Action action, int depth) {
    return depth < 0 ? Opinion.allow() : deeper(action, depth + 1).or(Opinion.allow());
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullOpinion_isAFailure() {
    assertThat(verdict(Policy.builder().failClosed("mine", action -> null).build(), "ls").denied())
        .isTrue();
  }

  @Test
  void validatorsNeedDistinctNames() {
    Policy.Builder builder = Policy.builder().failOpen("a", action -> Opinion.allow());
    assertThatThrownBy(() -> builder.failClosed("a", action -> Opinion.allow()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a");
  }

  private Path config(String name, String text) throws IOException {
    return Files.writeString(directory.resolve("__claude_hook__" + name), text);
  }

  @Test
  void files_makeThePolicy() throws Exception {
    config("allowed_root_files", "# allowed\nREADME.md\n\n  notes.txt  \r\n");
    config("valid_test_paths", "src/test/\n");
    config("valid_env_paths", "");
    config("command_rules", "force-push\tdeny\nsudo-rm off\n");
    Policy policy = new PolicyFiles(directory).policy();

    assertThat(verdict(policy, "echo > notes.txt").decision()).isEqualTo(Decision.ALLOW);
    assertThat(verdict(policy, "echo > other.txt").denied()).isTrue();
    assertThat(verdict(policy, "git push -f").denied()).isTrue();
    assertThat(verdict(policy, "sudo rm x").denied()).isFalse();
  }

  @Test
  void files_sayWhatTheyAllow() throws Exception {
    Path config = Files.createDirectories(directory.resolve("config"));
    PolicyFiles files = new PolicyFiles(config);
    assertThat(files.rootFiles()).isEmpty();
    assertThat(files.envDirectories()).isEmpty();

    Files.writeString(config.resolve("__claude_hook__allowed_root_files"), "README.md\nnotes.txt");
    Files.writeString(
        config.resolve("__claude_hook__command_rules"), "force-push deny\nsudo-rm off");
    Files.writeString(config.resolve("__claude_hook__valid_test_paths"), "src/test/\n");
    Policy policy = files.policy();
    assertThat(verdict(policy, "echo > notes.txt").decision()).isEqualTo(Decision.ALLOW);
    assertThat(verdict(policy, "echo > other.txt").denied()).isTrue();
    assertThat(verdict(policy, "git push -f").denied()).isTrue();
    assertThat(verdict(policy, "sudo rm x").decision()).isEqualTo(Decision.ALLOW);
    assertThat(verdict(policy, "touch src/a.test.ts").denied()).isTrue();
    assertThat(verdict(policy, "touch src/test/a.test.ts").decision()).isEqualTo(Decision.ALLOW);
    assertThat(verdict(policy, "echo sudo-rm > config/__claude_hook__command_rules").denied())
        .isTrue();

    Files.writeString(config.resolve("__claude_hook__allowed_root_files"), "# nothing\n");
    assertThat(files.rootFiles()).contains(PolicyFiles.STANDARD_ROOT_FILES);
  }

  @ParameterizedTest
  @CsvSource({
    "allowed_root_files, 'README.md\nsrc/x.md', line 2, no file name",
    "allowed_root_files, 'a\u0001b', line 1, control character 1",
    "valid_test_paths, '/src/test', line 1, directory of the project",
    "valid_test_paths, 'ok\n\n../other', line 3, leaves the project",
    "valid_test_paths, '# none', valid_test_paths, names no directory",
    "valid_env_paths, '~/x', line 1, directory of the project",
    "command_rules, 'force-push deny\nforce-pusch deny', line 2, no rule 'force-pusch'",
    "command_rules, 'force-push maybe', line 1, 'must be deny, ask, hint or off'",
    "command_rules, 'force-push', line 1, 'must be deny, ask, hint or off'",
  })
  void mistakesInFiles_areShownWithTheirLine(String name, String text, String place, String problem)
      throws IOException {
    config(name, text);
    assertThatThrownBy(() -> new PolicyFiles(directory).policy())
        .isInstanceOf(PolicyConfigException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(place)
        .hasMessageContaining(problem);
  }

  @Test
  void fileThatIsNoText_isRefused() throws IOException {
    Files.write(directory.resolve("__claude_hook__command_rules"), new byte[] {(byte) 0xff, 1});
    assertThatThrownBy(() -> new PolicyFiles(directory).policy()).hasMessageContaining("UTF-8");
  }

  @Test
  void prompts_areJudgedByTheirCommandLines() throws Exception {
    Validator prompts = Validators.prompts();
    for (String denied :
        List.of("", " \n", "rm -rf /", "Please run:\n```\n$ sudo rm -rf /etc\n```", "! rm -rf ~")) {
      assertThat(prompts.check(new Action.Prompt(denied, place())).decision())
          .as(denied)
          .isEqualTo(Decision.DENY);
    }
    for (String allowed :
        List.of(
            "Never run rm -rf /, please",
            "Explain 'sudo rm -rf /' to me",
            "fix the build",
            "rm the old tests from src",
            "<task-notification>\n</task-notification>")) {
      assertThat(prompts.check(new Action.Prompt(allowed, place())).decision())
          .as(allowed)
          .isEqualTo(Decision.ALLOW);
    }
  }
}
