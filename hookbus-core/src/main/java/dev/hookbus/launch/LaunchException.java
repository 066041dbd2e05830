package dev.hookbus.launch;

import java.io.IOException;

/** A launcher that can't be made; the message names the path or setting that is wrong. */
public final class LaunchException extends IOException {

  private static final long serialVersionUID = 1L;

  LaunchException(String message) {
    super(message);
  }
}
