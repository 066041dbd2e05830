package dev.hookbus.install;

import dev.hookbus.launch.Launcher;
import dev.hookbus.launch.Launchers;
import dev.hookbus.launch.StartLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One request, carried out: commands first, then a note of what was done, then the settings. */
final class Installation {

  private final InstallRequest request;
  private final Map<String, HookSpec> commands;
  private final @Nullable Manifest earlier;
  private final byte[] current;
  private final boolean existed;

  /** Containers made in the settings, see {@link HookSettings#with}. */
  private final Set<String> made;

  private Installation(
      InstallRequest request, Map<String, HookSpec> commands, @Nullable Manifest earlier)
      throws IOException {
    this.request = request;
    this.commands = commands;
    this.earlier = earlier;
    this.current = SafeFile.read(request.settings());
    this.existed = earlier == null ? Files.exists(request.settings()) : earlier.existed();
    this.made = new LinkedHashSet<>(earlier == null ? Set.of() : earlier.made());
  }

  static Installation of(InstallRequest request) throws IOException {
    Map<String, HookSpec> commands = commands(request.hooks());
    Manifest earlier = Manifest.read(request.directory());
    if (earlier != null && !earlier.settings().equals(request.settings())) {
      throw new InstallException(
          request.directory()
              + " serves the hooks of "
              + earlier.settings()
              + "; uninstall it first, or choose another --dir");
    }
    return new Installation(request, commands, earlier);
  }

  /** One command for each name, whatever the events. */
  private static Map<String, HookSpec> commands(List<HookSpec> hooks) throws InstallException {
    Map<String, HookSpec> commands = new TreeMap<>();
    for (HookSpec hook : hooks) {
      HookSpec known = commands.putIfAbsent(hook.name(), hook);
      if (known != null
          && !(known.mainClass().equals(hook.mainClass())
              && known.arguments().equals(hook.arguments()))) {
        throw new InstallException("two hooks would be the command " + hook.name());
      }
      if (known != null && hook.failClosed()) {
        commands.put(hook.name(), hook);
      }
    }
    return commands;
  }

  InstallPlan plan() throws IOException {
    Path environment = Installer.environmentFile(request.directory());
    List<Path> files = new ArrayList<>();
    files.add(environment);
    for (String name : commands.keySet()) {
      files.add(Launchers.in(request.directory()).command(name));
    }
    EnvironmentEdit variables = EnvironmentEdit.setting(environment, request.environment());
    HookSettings bare =
        HookSettings.of(request.settings(), current)
            .without(hook -> Installer.isOurs(hook, request.directory()), made);
    byte[] wanted = wanted();
    SettingsEdit edit = SettingsEdit.replacing(request.settings(), current, wanted);
    edit.check();
    return new EditPlan(
        edit, files, variables.diff(), () -> write(variables, bare, wanted), EditPlan.Work.NONE);
  }

  private byte[] wanted() throws InstallException {
    HookSettings settings =
        HookSettings.of(request.settings(), current).without(this::isStale, made);
    for (HookSpec hook : request.hooks()) {
      settings = settings.with(hook, Installer.commandLine(request.directory(), hook.name()), made);
    }
    return settings.text();
  }

  private boolean isStale(RegisteredHook hook) {
    if (!Installer.isOurs(hook, request.directory())) {
      return false;
    }
    for (HookSpec wanted : request.hooks()) {
      String command = Installer.commandLine(request.directory(), wanted.name());
      if (HookSettings.isSame(hook, wanted, command)) {
        return false;
      }
    }
    return true;
  }

  private void write(EnvironmentEdit variables, HookSettings bare, byte[] wanted)
      throws IOException {
    Path directory = request.directory();
    CommandFiles files = new CommandFiles(directory);
    Set<String> before = files.all();
    Set<String> unusedBefore = files.unused();
    variables.apply();
    writeCommands();
    prune(files, unusedBefore);
    if (earlier == null || !earlier.isAsLeft(current)) {
      SafeFile.writePrivate(Manifest.before(directory), earlier == null ? current : bare.text());
    }
    // Known before it is done: an installation that is cut off can still be undone.
    Manifest manifest =
        new Manifest(
            request.settings(),
            existed,
            Manifest.hash(wanted),
            made,
            List.copyOf(commands.keySet()),
            failingClosed(),
            List.copyOf(ours(files.all(), before)));
    SafeFile.writePrivate(Manifest.file(directory), manifest.text());
  }

  private void writeCommands() throws IOException {
    List<Path> jars = new ArrayList<>();
    List<Path> classes = new ArrayList<>();
    for (Path entry : request.classPath()) {
      (Files.isDirectory(entry) ? classes : jars).add(entry);
    }
    Launchers launchers = Launchers.in(request.directory());
    for (HookSpec hook : commands.values()) {
      Launcher launcher =
          Launcher.of(hook.name(), hook.mainClass(), jars)
              .withApplication(classes)
              .withArguments(hook.arguments())
              .withEnvironmentFile(Installer.environmentFile(request.directory()));
      if (hook.failClosed()) {
        launcher = launcher.withFailClosed();
      }
      if (request.start() != StartLevel.PLAIN) {
        launcher = launcher.withTraining(SampleEvent.of(hook));
      }
      launchers.write(request.start() == StartLevel.RESIDENT ? launcher.withResident() : launcher);
    }
    for (String command : earlier == null ? List.<String>of() : earlier.commands()) {
      if (!commands.containsKey(command)) {
        launchers.remove(command);
      }
    }
  }

  /**
   * Removes what no command starts from, nor did before this installation: a call that began a
   * moment ago may still open the jars of the version before.
   */
  private void prune(CommandFiles files, Set<String> unusedBefore) throws IOException {
    if (earlier != null) {
      Set<String> unneeded = files.unused();
      unneeded.retainAll(unusedBefore);
      unneeded.retainAll(new TreeSet<>(earlier.files()));
      files.remove(unneeded);
    }
  }

  /** What is there and was made by this installation or those before it. */
  private Set<String> ours(Set<String> now, Set<String> before) {
    Set<String> ours = new TreeSet<>(now);
    ours.removeAll(before);
    for (String file : earlier == null ? List.<String>of() : earlier.files()) {
      if (now.contains(file)) {
        ours.add(file);
      }
    }
    return ours;
  }

  private List<String> failingClosed() {
    List<String> names = new ArrayList<>();
    for (HookSpec hook : commands.values()) {
      if (hook.failClosed()) {
        names.add(hook.name());
      }
    }
    return names;
  }
}
