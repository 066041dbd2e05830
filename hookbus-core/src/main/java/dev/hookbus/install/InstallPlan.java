package dev.hookbus.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What installing or uninstalling would do, worked out in full; nothing is changed yet. */
public interface InstallPlan {

  /** The host's settings file. */
  Path settings();

  /** The lines of the settings that change, marked by {@code -} and {@code +}; empty if none do. */
  String settingsDiff();

  /**
   * The lines of {@code .env} that change, likewise. Values that are or may hold a secret are left
   * out.
   */
  String environmentDiff();

  /** The files that are written or removed beside the settings. */
  List<Path> files();

  /**
   * Does it. Every file is written whole or not at all. Whether the settings can be changed is
   * looked at first, and again when their turn comes.
   *
   * @throws InstallException if somebody has changed the settings since, or they can't be written
   * @throws IOException if a file can't be written; the settings are then as they were
   */
  void apply() throws IOException;
}
