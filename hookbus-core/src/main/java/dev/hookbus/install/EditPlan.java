package dev.hookbus.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An edit of the settings, and what is done to other files before and after it: a command is there
 * before the host is told of it, and goes after the host has forgotten it.
 */
record EditPlan(
    SettingsEdit edit, List<Path> files, String environmentDiff, Work before, Work after)
    implements InstallPlan {

  /** Something that is done to files. */
  @FunctionalInterface
  interface Work {

    Work NONE = () -> {};

    void run() throws IOException;
  }

  @Override
  public Path settings() {
    return edit.file();
  }

  @Override
  public String settingsDiff() {
    return edit.diff();
  }

  @Override
  public void apply() throws IOException {
    edit.check();
    before.run();
    edit.apply();
    after.run();
  }
}
