package dev.hookbus.policy;

/** What commands are looked through for. Each rule has a name for configuration files. */
public enum CommandRule {
  /** Recursive or forced removal of the root, a system directory, a home, the project, a star. */
  ROOT_REMOVAL("root-removal", Decision.DENY),
  /** A removal that would hit such a directory if a variable turned out empty. */
  EMPTY_VARIABLE("empty-variable", Decision.ASK),
  /** {@code sudo rm}. */
  SUDO_REMOVAL("sudo-rm", Decision.DENY),
  /** {@code mkfs}, {@code wipefs} and their like. */
  FORMAT("format-disk", Decision.DENY),
  /** Writing to a disk or partition, past its file system. */
  DEVICE_WRITE("device-write", Decision.DENY),
  /** Opening or giving away a system directory by {@code chmod} or {@code chown}. */
  SYSTEM_PERMISSIONS("system-permissions", Decision.DENY),
  /** {@code chmod 777} and its like elsewhere. */
  OPEN_PERMISSIONS("open-permissions", Decision.HINT),
  /** Running what was just downloaded or decoded. */
  PIPE_TO_SHELL("pipe-to-shell", Decision.DENY),
  /** A function that starts itself twice. */
  FORK_BOMB("fork-bomb", Decision.DENY),
  /** Overwriting a branch of a remote repository; off unless it is asked for. */
  FORCE_PUSH("force-push", Decision.ALLOW),
  /** Nesting that is too deep to be read. */
  UNREADABLE("unreadable", Decision.ASK);

  private final String configName;
  private final Decision standard;

  CommandRule(String configName, Decision standard) {
    this.configName = configName;
    this.standard = standard;
  }

  /** Its name in a configuration file, such as {@code pipe-to-shell}. */
  public String configName() {
    return configName;
  }

  /** What is decided where nothing else is said. */
  public Decision standard() {
    return standard;
  }
}
