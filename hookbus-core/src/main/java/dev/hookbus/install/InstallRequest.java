package dev.hookbus.install;

import dev.hookbus.launch.StartLevel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be installed, and where.
 *
 * @param directory holds everything but the settings: {@code bin/}, {@code lib/}, {@code .env}
 * @param settings the host's settings file
 * @param hooks the hooks
 * @param classPath jars and class directories the hooks run on; jars are copied
 * @param environment variables of the hooks; those of an earlier installation that are not named
 *     keep their values, new ones are written in the map's order
 * @param start how commands start. All but plain ones are run on an event while they are installed,
 *     which takes some seconds a command; resident ones are run by a process that stays, where this
 *     machine can have one.
 */
public record InstallRequest(
    Path directory,
    Path settings,
    List<HookSpec> hooks,
    List<Path> classPath,
    Map<String, String> environment,
    StartLevel start) {

  /** Makes paths absolute and copies the collections. */
  public InstallRequest {
    directory = directory.toAbsolutePath().normalize();
    settings = settings.toAbsolutePath().normalize();
    hooks = List.copyOf(hooks);
    classPath = List.copyOf(classPath);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }
}
