package dev.hookbus.cli;

/** What the commands tell scripts. */
final class ExitCode {

  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int LIMIT_BROKEN = 3;
  static final int NO_DATABASE = 4;

  private ExitCode() {}
}
