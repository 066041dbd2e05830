package dev.hookbus.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Commands of the operating system. */
final class Shell {

  private Shell() {}

  /** Runs a command to its end; its output is empty if all is well. */
  static String run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      return exit == 0 ? "" : output.isBlank() ? "exit " + exit : output.strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
