package dev.hookbus.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.host.Hook;
import dev.hookbus.host.PreToolUse;
import dev.hookbus.host.PreToolUseAnswer;
import dev.hookbus.launch.EnvironmentFile;
import dev.hookbus.launch.StartLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallerTest {

  /** A hook as people write it: one method. */
  static final class NoCurl implements Hook<PreToolUse, PreToolUseAnswer> {
    @Override
    public PreToolUseAnswer handle(PreToolUse call) {
      return String.valueOf(call.tool().input().text("command")).contains("curl")
          ? PreToolUseAnswer.deny("no network")
          : PreToolUseAnswer.none();
    }
  }

  @TempDir Path scratch;
  private Path directory;
  private Path settings;
  private List<Path> classPath;

  @BeforeEach
  void places() throws IOException {
    directory = scratch.resolve("my hooks");
    settings = scratch.resolve("it's/settings.json");
    Files.createDirectories(settings.getParent());
    classPath = Installations.classPath();
  }

  private InstallRequest request(Map<String, String> environment) throws IOException {
    HookSpec hook =
        HookClass.find(NoCurl.class.getName(), classPath).spec("PreToolUse", "Bash", 10, true);
    return new InstallRequest(
        directory, settings, List.of(hook), classPath, environment, StartLevel.PREPARED);
  }

  @Test
  void installedHook_answersTheHost() throws Exception {
    Path database = scratch.resolve("hookbus.db");
    Installer.plan(request(Map.of("HOOKBUS_ENABLED", "1", "HOOKBUS_DB", database.toString())))
        .apply();

    assertThat(Files.readString(settings))
        .contains("no-curl'\"")
        .contains("\"onFailure\": \"block\"");
    SelfCheck start = SelfCheck.run(directory, "no-curl");
    assertThat(start.passed()).as(start.toString()).isTrue();
    assertThat(start.output()).isEmpty();
    assertThat(database).as("of a made-up session").doesNotExist();
    Path command = directory.resolve("bin/no-curl");
    SelfCheck denied =
        SelfCheck.tell(
            command,
            "{\"session_id\":\"s\",\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\","
                + "\"tool_input\":{\"command\":\"curl x\"},\"tool_use_id\":\"t1\"}");
    assertThat(denied.output()).contains("\"permissionDecision\":\"deny\"").contains("no network");
    assertThat(denied.exitCode()).isEqualTo(2);
    assertThat(database).exists();
    SelfCheck broken = SelfCheck.tell(command, "{\"hook_event_name\":\"PreToolUse\", broken");
    assertThat(broken.exitCode()).isEqualTo(2);
  }

  @Test
  void environment_isPrivateAndKeepsWhatOthersWrote() throws Exception {
    Installer.plan(request(Map.of("ZO_API_KEY", "$(touch pwned) 'x", "A", "\"q\""))).apply();
    Path file = directory.resolve(".env");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.writeString(file, Files.readString(file) + "# mine\nMINE=1\n");

    Installer.plan(request(Map.of("A", "2"))).apply();

    assertThat(EnvironmentFile.read(file))
        .containsEntry("ZO_API_KEY", "$(touch pwned) 'x")
        .containsEntry("MINE", "1")
        .containsEntry("A", "2");
    assertThat(Files.readString(file)).contains("# mine\n");
    assertThatThrownBy(() -> Installer.plan(request(Map.of("A", "1\nB=2"))).apply())
        .hasMessageContaining("A")
        .hasMessageContaining("control character");
  }

  @Test
  void planning_changesNothing() throws Exception {
    Files.writeString(settings, "{\n  \"model\": \"opus\"\n}\n");
    InstallPlan plan = Installer.plan(request(Map.of()));
    assertThat(plan.settingsDiff()).contains("+  \"hooks\": {").contains("-  \"model\": \"opus\"");
    assertThat(plan.files()).contains(directory.resolve("bin/no-curl"));
    assertThat(directory).doesNotExist();
    assertThat(Files.readString(settings)).isEqualTo("{\n  \"model\": \"opus\"\n}\n");
  }

  @Test
  void plan_showsVariablesAndHidesSecrets() throws Exception {
    Installer.plan(unprepared(Map.of("ZO_API_KEY", "k-1", "HOOKBUS_SINKS", "jsonl"))).apply();
    InstallPlan plan =
        Installer.plan(unprepared(Map.of("ZO_API_KEY", "k-2", "HOOKBUS_SINKS", "jsonl,http")));
    assertThat(plan.environmentDiff())
        .contains("-HOOKBUS_SINKS=jsonl\n", "+HOOKBUS_SINKS=jsonl,http\n")
        .contains("+ZO_API_KEY=(hidden, new)\n")
        .doesNotContain("k-1", "k-2");
    assertThat(Installer.plan(unprepared(Map.of("ZO_API_KEY", "k-1"))).environmentDiff()).isEmpty();
  }

  @Test
  void whatIsPrepared_isMadeOnceAndUninstalledWithoutATrace() throws Exception {
    Path events = directory.resolve("events");
    InstallRequest request =
        new InstallRequest(
            directory,
            settings,
            request(Map.of()).hooks(),
            Installations.jarred(classPath, scratch.resolve("test.jar")),
            Map.of("ZO_EVENT_LOG_DIR", events.toString(), "HOOKBUS_ENABLED", "0"),
            StartLevel.PREPARED);
    Installer.plan(request).apply();
    Map<String, String> installed = Installations.snapshot(scratch);
    assertThat(installed.keySet()).anyMatch(file -> file.contains("prepared/no-curl-"));

    Installer.plan(request).apply();
    assertThat(Installations.snapshot(scratch)).isEqualTo(installed);

    Installer.uninstall(directory).apply();
    assertThat(directory).doesNotExist();
    assertThat(settings).doesNotExist();
  }

  @Test
  void jarsOfTheVersionBefore_stayForCallsThatRun_andGoAtTheNextInstallation() throws Exception {
    InstallRequest request = unprepared(Map.of());
    Installer.plan(request).apply();
    Set<String> first = Installations.snapshot(directory.resolve("lib")).keySet();
    Path own = Files.writeString(directory.resolve("lib/mine.jar"), "of somebody else");

    Path jar = scratch.resolve("test.jar");
    Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
    Installer.plan(request).apply();
    Set<String> both = Installations.snapshot(directory.resolve("lib")).keySet();
    assertThat(both).containsAll(first).hasSize(first.size() + 2);

    Installer.plan(request).apply();
    Set<String> second = Installations.snapshot(directory.resolve("lib")).keySet();
    assertThat(second).hasSize(first.size() + 1).doesNotContainSequence(first);
    assertThat(own).exists();
    assertThat(SelfCheck.run(directory, "no-curl").passed()).isTrue();

    Installer.uninstall(directory).apply();
    assertThat(own).exists();
    assertThat(Installations.snapshot(directory).keySet()).containsExactly("lib/mine.jar");
  }

  /** The test's classes in a jar, started as they are. */
  private InstallRequest unprepared(Map<String, String> environment) throws IOException {
    Path jar = scratch.resolve("test.jar");
    return new InstallRequest(
        directory,
        settings,
        request(Map.of()).hooks(),
        Installations.jarred(classPath, jar),
        environment,
        StartLevel.PLAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\uFEFF{\r\n\t\"model\": \"opus\"\r\n}\r\n", "{}", "\n", "{\"hooks\":{}}"})
  void settingsOfEveryForm_becomeWhatTheyWere(String text) throws Exception {
    Files.writeString(settings, text);
    Installer.plan(unprepared(Map.of())).apply();
    assertThat(Files.readString(settings)).isNotEqualTo(text).contains("no-curl");
    Installer.uninstall(directory).apply();
    assertThat(Files.readString(settings)).isEqualTo(text);
  }

  @Test
  void settingsThatCannotBeChanged_areRefusedBeforeAnythingIsWritten() throws Exception {
    Files.createSymbolicLink(settings, scratch.resolve("gone.json"));
    assertThatThrownBy(() -> Installer.plan(unprepared(Map.of())))
        .isInstanceOf(InstallException.class)
        .hasMessageContaining("is a link to " + scratch.resolve("gone.json"));
    assertThat(settings).isSymbolicLink();

    Files.delete(settings);
    Files.createDirectory(settings);
    assertThatThrownBy(() -> Installer.plan(unprepared(Map.of())))
        .hasMessageContaining("is a directory");

    Path file = Files.writeString(scratch.resolve("file"), "mine");
    settings = file.resolve("settings.json");
    assertThatThrownBy(() -> Installer.plan(unprepared(Map.of())))
        .hasMessageContaining(file + " is no directory");
    assertThat(file).hasContent("mine");
    assertThat(directory).doesNotExist();
  }

  @Test
  void settingsWithoutRights_areRefused() throws Exception {
    Files.writeString(settings, "{}");
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(settings), "the superuser may read everything");
    assertThatThrownBy(() -> Installer.plan(unprepared(Map.of())))
        .hasMessageContaining("for want of rights");
  }

  @Test
  void settingsThatChangeMeanwhile_areLeftAsTheyAre() throws Exception {
    Files.writeString(settings, "{}");
    InstallPlan plan = Installer.plan(unprepared(Map.of()));
    Files.writeString(settings, "{\"model\":\"opus\"}");
    assertThatThrownBy(plan::apply)
        .isInstanceOf(InstallException.class)
        .hasMessageContaining("Run the command again");
    assertThat(settings).hasContent("{\"model\":\"opus\"}");
    assertThat(directory).doesNotExist();

    Installer.plan(unprepared(Map.of())).apply();
    InstallPlan uninstallation = Installer.uninstall(directory);
    Files.writeString(settings, Files.readString(settings) + "\n");
    assertThatThrownBy(uninstallation::apply).hasMessageContaining("Run the command again");
    assertThat(directory.resolve("bin/no-curl")).exists();
  }

  @Test
  void environmentOfOthers_keepsItsBytes() throws Exception {
    Files.createDirectories(directory);
    Path real = Files.writeString(scratch.resolve("real.env"), "MINE=1\r\nA=1\r\n# é");
    Files.createSymbolicLink(directory.resolve(".env"), real);
    Installer.plan(unprepared(new TreeMap<>(Map.of("A", "1", "B", "2")))).apply();
    assertThat(directory.resolve(".env")).isSymbolicLink();
    assertThat(Files.readString(real)).isEqualTo("MINE=1\r\nA=1\r\n# é\nB=2\n");

    Files.write(real, new byte[] {'A', '=', (byte) 0xE9, '\n'});
    assertThatThrownBy(() -> Installer.plan(unprepared(Map.of())))
        .hasMessageContaining("no UTF-8 text");
    assertThat(Files.readAllBytes(real)).containsExactly('A', '=', 0xE9, '\n');
  }

  @Test
  void installingTwice_changesNothing_andUninstallingRestores() throws Exception {
    String mine = "{ \"model\":\"opus\",\n\"hooks\":{ } }";
    Files.writeString(settings, mine);
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r-----"));
    Installer.plan(request(Map.of())).apply();
    String installed = Files.readString(settings);
    assertThat(Installer.plan(request(Map.of())).settingsDiff()).isEmpty();
    Installer.plan(request(Map.of())).apply();
    assertThat(Files.readString(settings)).isEqualTo(installed);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
        .isEqualTo("rw-r-----");

    Installer.uninstall(directory).apply();

    assertThat(Files.readString(settings)).isEqualTo(mine);
    assertThat(directory).doesNotExist();
  }

  @Test
  void uninstalling_keepsWhatWasChangedSince() throws Exception {
    Installer.plan(request(Map.of())).apply();
    Files.writeString(
        settings, Files.readString(settings).replaceFirst("\\{", "{\n  \"model\": \"opus\","));
    Files.writeString(directory.resolve("notes"), "mine");

    Installer.uninstall(directory).apply();

    assertThat(Files.readString(settings)).contains("opus").doesNotContain("hooks");
    assertThat(directory.resolve("notes")).exists();
    assertThatThrownBy(() -> Installer.uninstall(directory))
        .hasMessageContaining("nothing is installed");
  }

  @Test
  void settingsThatWereNotThere_goAgain() throws Exception {
    Installer.plan(request(Map.of())).apply();
    Installer.uninstall(directory).apply();
    assertThat(settings).doesNotExist();
  }

  @Test
  void linkedSettings_areChangedWhereTheyAre() throws Exception {
    Path dotfiles = Files.writeString(scratch.resolve("dot.json"), "{}");
    Files.createSymbolicLink(settings, dotfiles);
    Installer.plan(request(Map.of())).apply();
    assertThat(settings).isSymbolicLink();
    assertThat(Files.readString(dotfiles)).contains("no-curl");
  }

  @Test
  void otherSettingsAndOtherHooks_replaceOrAreRefused() throws Exception {
    Installer.plan(request(Map.of())).apply();
    InstallRequest elsewhere =
        new InstallRequest(
            directory,
            scratch.resolve("other.json"),
            request(Map.of()).hooks(),
            classPath,
            Map.of(),
            StartLevel.PREPARED);
    assertThatThrownBy(() -> Installer.plan(elsewhere)).hasMessageContaining("uninstall it first");

    HookSpec stop = new HookSpec("stop", NoCurl.class.getName(), "Stop", null, 5, false, List.of());
    Installer.plan(
            new InstallRequest(
                directory, settings, List.of(stop), classPath, Map.of(), StartLevel.PREPARED))
        .apply();
    assertThat(Files.readString(settings)).contains("\"Stop\"").doesNotContain("no-curl");
    assertThat(directory.resolve("bin/no-curl")).doesNotExist();
  }

  @Test
  void classesThatAreNoHooks_areRefusedWithAWord() {
    assertThatThrownBy(() -> HookClass.find("com.acme.Missing", classPath))
        .hasMessageContaining("no class com.acme.Missing");
    assertThatThrownBy(() -> HookClass.find(InstallerTest.class.getName(), classPath))
        .hasMessageContaining("implements neither");
    assertThatThrownBy(
            () ->
                HookClass.find(NoCurl.class.getName(), classPath).spec("pre_tool_use", "", 1, true))
        .hasMessageContaining("PreToolUse?");
    assertThatThrownBy(
            () -> HookClass.find(NoCurl.class.getName(), classPath).spec("Stop", "Bash", 1, true))
        .hasMessageContaining("no matcher");
  }
}
