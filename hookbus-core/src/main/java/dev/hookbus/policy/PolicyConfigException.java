package dev.hookbus.policy;

import java.nio.file.Path;

/** A policy's configuration file can't be used. The message names the file and the line. */
public final class PolicyConfigException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param line the number of the line, from 1; 0 where it is about the whole file
   * @param problem what is wrong, and what is taken
   */
  PolicyConfigException(Path file, int line, String problem) {
    super(file + (line == 0 ? ": " : ", line " + line + ": ") + problem);
  }
}
