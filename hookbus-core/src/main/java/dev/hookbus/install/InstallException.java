package dev.hookbus.install;

import java.io.IOException;

/** Something stands in the way of installing. The message names it, and what to do. */
public final class InstallException extends IOException {

  private static final long serialVersionUID = 1;

  InstallException(String message) {
    super(message);
  }
}
