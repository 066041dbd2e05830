package dev.hookbus.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for hooks of some settings that the host would also start for other settings or a plugin.
 */
final class CopiesCheck {

  /** Marketplace, plugin, version and the like lie above a plugin's hooks. */
  private static final int DEPTH = 8;

  private static final Path PLUGIN_HOOKS = Path.of("hooks", "hooks.json");

  private CopiesCheck() {}

  /**
   * Finds hooks that run twice.
   *
   * @param places other settings, or directories with plugins; missing ones are passed over
   */
  static List<Diagnosis> of(Path file, HookSettings settings, List<Path> places)
      throws IOException {
    List<Diagnosis> findings = new ArrayList<>();
    for (Path other : files(places)) {
      if (Files.isSameFile(file, other)) {
        continue;
      }
      for (RegisteredHook copy : registered(other)) {
        for (RegisteredHook hook : settings.registered()) {
          if (hook.isCopyOf(copy)) {
            findings.add(
                Diagnosis.problem(
                    "the hook on " + hook.event() + " also stands in " + other + " and runs twice",
                    file + ", line " + settings.line(hook.json()),
                    "take it out of one of them, or switch that plugin off"));
          }
        }
      }
    }
    return findings;
  }

  private static List<RegisteredHook> registered(Path file) throws IOException {
    try {
      return HookSettings.of(file, Files.readAllBytes(file)).registered();
    } catch (InstallException unreadable) {
      // The host would not read it either.
      return List.of();
    }
  }

  private static List<Path> files(List<Path> places) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> all = Files.walk(place, DEPTH)) {
          all.filter(file -> file.endsWith(PLUGIN_HOOKS)).forEach(files::add);
        }
      } else if (Files.isReadable(place)) {
        files.add(place);
      }
    }
    return files;
  }
}
