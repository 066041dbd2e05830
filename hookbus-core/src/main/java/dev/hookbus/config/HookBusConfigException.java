package dev.hookbus.config;

/** A setting can't be used. The message names the setting and what it takes, never its value. */
public final class HookBusConfigException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The message is shown to whoever made the mistake. */
  public HookBusConfigException(String message) {
    super(message);
  }
}
