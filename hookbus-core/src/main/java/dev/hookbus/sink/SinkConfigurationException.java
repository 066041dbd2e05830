package dev.hookbus.sink;

/** A setting of a sink is missing or wrong; the message names the flag and never its value. */
public final class SinkConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String setting;
  private final String problem;

  /** A problem with a flag, or with a builder's setting. */
  public SinkConfigurationException(String setting, String problem) {
    super(setting + " " + problem);
    this.setting = setting;
    this.problem = problem;
  }

  /** A problem, and what brought it to light; the cause must not hold the value. */
  public SinkConfigurationException(String setting, String problem, Throwable cause) {
    super(setting + " " + problem, cause);
    this.setting = setting;
    this.problem = problem;
  }

  /** The flag or the builder's setting that the message names. */
  public String setting() {
    return setting;
  }

  /** The same problem, for those who know the setting by another name. */
  public SinkConfigurationException named(String otherName) {
    return new SinkConfigurationException(otherName, problem, this);
  }
}
