package dev.hookbus.host;

/**
 * What a hook process leaves behind.
 *
 * @param document for standard output: one document without a line end, or nothing
 * @param message for the error output: one line, or nothing
 * @param exitCode the process's exit code
 */
record HookOutput(String document, String message, int exitCode) {

  static final HookOutput SILENCE = new HookOutput("", "", 0);

  /** Blocks by exit code alone. */
  static HookOutput block(String reason) {
    return new HookOutput("", reason, HostProtocol.EXIT_BLOCK);
  }
}
