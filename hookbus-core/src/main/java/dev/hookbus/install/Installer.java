package dev.hookbus.install;

import dev.hookbus.launch.Launchers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Installs hooks, and takes them away again. Installing twice changes nothing the second time; what
 * was installed before and is not asked for any more goes.
 *
 * <pre>{@code
 * static void install(InstallRequest request) throws IOException {
 *   InstallPlan plan = Installer.plan(request);
 *   System.err.print(plan.settingsDiff());
 *   plan.apply();
 * }
 * }</pre>
 */
public final class Installer {

  private static final String ENVIRONMENT = ".env";

  private Installer() {}

  /**
   * Works out what has to be done.
   *
   * @throws InstallException if the settings can't be read or changed, or the directory serves
   *     other settings
   */
  public static InstallPlan plan(InstallRequest request) throws IOException {
    return Installation.of(request).plan();
  }

  /**
   * Works out how to take away what is installed in a directory. The settings become byte for byte
   * what they were if nobody has changed them since; otherwise only the hooks are taken out.
   *
   * @throws InstallException if nothing is installed there
   */
  public static InstallPlan uninstall(Path installed) throws IOException {
    Path directory = installed.toAbsolutePath().normalize();
    Manifest manifest = Manifest.read(directory);
    if (manifest == null) {
      throw new InstallException("nothing is installed in " + directory);
    }
    List<Path> files = new ArrayList<>();
    for (String file : manifest.files()) {
      files.add(directory.resolve(file));
    }
    files.add(environmentFile(directory));
    SettingsEdit edit = undoing(directory, manifest);
    edit.check();
    return new EditPlan(edit, files, "", EditPlan.Work.NONE, () -> remove(directory, manifest));
  }

  private static SettingsEdit undoing(Path directory, Manifest manifest) throws IOException {
    Path settings = manifest.settings();
    byte[] current = SafeFile.read(settings);
    if (!manifest.isAsLeft(current)) {
      HookSettings without =
          HookSettings.of(settings, current)
              .without(hook -> isOurs(hook, directory), manifest.made());
      return SettingsEdit.replacing(settings, current, without.text());
    }
    return manifest.existed()
        ? SettingsEdit.replacing(settings, current, SafeFile.read(Manifest.before(directory)))
        : SettingsEdit.removing(settings, current);
  }

  private static void remove(Path directory, Manifest manifest) throws IOException {
    CommandFiles files = new CommandFiles(directory);
    files.remove(manifest.files());
    Files.deleteIfExists(environmentFile(directory));
    Files.deleteIfExists(Manifest.before(directory));
    Files.deleteIfExists(Manifest.file(directory));
    files.removeIfEmpty();
  }

  /** What a host's settings say to start a command. */
  static String commandLine(Path directory, String name) {
    String path = Launchers.in(directory).command(name).toString();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && "/._-+@%,:".indexOf(c) < 0) {
        return "'" + path.replace("'", "'\\''") + "'";
      }
    }
    return path;
  }

  /** Whether a handler starts a command of a directory. */
  static boolean isOurs(RegisteredHook hook, Path directory) {
    String command = hook.command();
    String any = commandLine(directory, "x");
    return command != null && command.startsWith(any.substring(0, any.lastIndexOf('x')));
  }

  /** The variables of the hooks that are installed in a directory. */
  static Path environmentFile(Path directory) {
    return directory.resolve(ENVIRONMENT);
  }
}
