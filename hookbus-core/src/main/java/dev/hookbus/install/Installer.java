package dev.hookbus.install;

import dev.hookbus.idempotency.Sha256;
import dev.hookbus.launch.EnvironmentFile;
import dev.hookbus.launch.Launcher;
import dev.hookbus.launch.Launchers;
import dev.hookbus.launch.StartLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
   * @throws InstallException if the settings can't be read, or the directory serves other settings
   */
  public static InstallPlan plan(InstallRequest request) throws IOException {
    Map<String, HookSpec> commands = commands(request.hooks());
    Manifest earlier = Manifest.read(request.directory());
    if (earlier != null && !earlier.settings().equals(request.settings())) {
      throw new InstallException(
          request.directory()
              + " serves the hooks of "
              + earlier.settings()
              + "; uninstall it first, or choose another --dir");
    }
    boolean fileExisted = Files.exists(request.settings());
    byte[] current = SafeFile.read(request.settings());
    Set<String> made = new LinkedHashSet<>(earlier == null ? Set.of() : earlier.made());
    HookSettings settings = HookSettings.of(request.settings(), current);
    byte[] bare = settings.without(hook -> isOurs(hook, request.directory()), made).text();
    settings = settings.without(hook -> isStale(hook, request), made);
    for (HookSpec hook : request.hooks()) {
      settings = settings.with(hook, commandLine(request.directory(), hook.name()), made);
    }
    byte[] wanted = settings.text();
    return new InstallPlan() {
      @Override
      public Path settings() {
        return request.settings();
      }

      @Override
      public String settingsDiff() {
        return LineDiff.of(text(current), text(wanted));
      }

      @Override
      public List<Path> files() {
        List<Path> files = new ArrayList<>();
        files.add(environmentFile(request.directory()));
        for (String name : commands.keySet()) {
          files.add(Launchers.in(request.directory()).command(name));
        }
        return files;
      }

      @Override
      public void apply() throws IOException {
        Path directory = request.directory();
        Set<String> before = listing(directory);
        write(request, commands, earlier);
        Set<String> files = listing(directory);
        files.removeAll(before);
        if (earlier != null) {
          files.addAll(earlier.files());
        }
        boolean existed = earlier == null ? fileExisted : earlier.existed();
        boolean untouched = earlier != null && earlier.settingsHash().equals(hash(current));
        if (!untouched) {
          SafeFile.writePrivate(Manifest.before(directory), earlier == null ? current : bare);
        }
        // Known before it is done: an installation that is cut off can still be undone.
        Manifest manifest =
            new Manifest(
                request.settings(),
                existed,
                hash(wanted),
                made,
                new ArrayList<>(commands.keySet()),
                new ArrayList<>(files));
        SafeFile.writePrivate(Manifest.file(directory), manifest.text());
        if (!Arrays.equals(current, wanted)) {
          SafeFile.writeLike(request.settings(), wanted);
        }
      }
    };
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
    byte[] current = SafeFile.read(manifest.settings());
    boolean untouched = manifest.settingsHash().equals(hash(current));
    byte[] wanted =
        untouched
            ? SafeFile.read(Manifest.before(directory))
            : HookSettings.of(manifest.settings(), current)
                .without(hook -> isOurs(hook, directory), manifest.made())
                .text();
    boolean gone = !manifest.existed() && untouched;
    return new InstallPlan() {
      @Override
      public Path settings() {
        return manifest.settings();
      }

      @Override
      public String settingsDiff() {
        return LineDiff.of(text(current), text(wanted));
      }

      @Override
      public List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String file : manifest.files()) {
          files.add(directory.resolve(file));
        }
        files.add(environmentFile(directory));
        return files;
      }

      @Override
      public void apply() throws IOException {
        if (gone) {
          Files.deleteIfExists(manifest.settings());
        } else if (!Arrays.equals(current, wanted)) {
          SafeFile.writeLike(manifest.settings(), wanted);
        }
        for (Path file : files()) {
          Files.deleteIfExists(file);
          deleteIfEmpty(file.resolveSibling(""));
        }
        Files.deleteIfExists(Manifest.before(directory));
        Files.deleteIfExists(Manifest.file(directory));
        deleteIfEmpty(directory.resolve("prepared"));
        deleteIfEmpty(directory);
      }
    };
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

  /** The variables of the hooks that are installed in a directory. */
  static Path environmentFile(Path directory) {
    return directory.resolve(ENVIRONMENT);
  }

  private static boolean isOurs(RegisteredHook hook, Path directory) {
    String command = hook.command();
    String any = commandLine(directory, "x");
    String start = any.substring(0, any.lastIndexOf('x'));
    return command != null && command.startsWith(start);
  }

  private static boolean isStale(RegisteredHook hook, InstallRequest request) {
    if (!isOurs(hook, request.directory())) {
      return false;
    }
    for (HookSpec wanted : request.hooks()) {
      if (HookSettings.isSame(hook, wanted, commandLine(request.directory(), wanted.name()))) {
        return false;
      }
    }
    return true;
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

  private static void write(
      InstallRequest request, Map<String, HookSpec> commands, @Nullable Manifest earlier)
      throws IOException {
    Path directory = request.directory();
    Path environment = environmentFile(directory);
    String variables = EnvironmentFile.with(environment, request.environment());
    SafeFile.writePrivate(environment, variables.getBytes(StandardCharsets.UTF_8));
    List<Path> jars = new ArrayList<>();
    List<Path> classes = new ArrayList<>();
    for (Path entry : request.classPath()) {
      (Files.isDirectory(entry) ? classes : jars).add(entry);
    }
    Launchers launchers = Launchers.in(directory);
    for (HookSpec hook : commands.values()) {
      Launcher launcher =
          Launcher.of(hook.name(), hook.mainClass(), jars)
              .withApplication(classes)
              .withArguments(hook.arguments())
              .withEnvironmentFile(environment);
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

  /** What lies in the directories that launchers are written to. */
  private static Set<String> listing(Path directory) throws IOException {
    Set<String> files = new TreeSet<>();
    for (String part : List.of("bin", "lib", "prepared")) {
      Path parent = directory.resolve(part);
      if (Files.isDirectory(parent)) {
        try (Stream<Path> all = Files.walk(parent)) {
          all.filter(Files::isRegularFile)
              .forEach(file -> files.add(directory.relativize(file).toString()));
        }
      }
    }
    return files;
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException othersLive) {
      // Then it stays.
    }
  }

  static String hash(byte[] content) {
    return HexFormat.of().formatHex(Sha256.digest(content, 0, content.length));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
