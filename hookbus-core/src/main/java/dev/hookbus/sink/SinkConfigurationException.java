package dev.hookbus.sink;

/** A setting of a sink is missing or wrong; the message names the flag and never its value. */
public final class SinkConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem with a flag. */
  public SinkConfigurationException(String flag, String problem) {
    super(flag + " " + problem);
  }

  /** A problem with a flag, and what brought it to light; the cause must not hold the value. */
  public SinkConfigurationException(String flag, String problem, Throwable cause) {
    super(flag + " " + problem, cause);
  }
}
