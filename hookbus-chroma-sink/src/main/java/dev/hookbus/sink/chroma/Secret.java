package dev.hookbus.sink.chroma;

import dev.hookbus.sink.SinkConfigurationException;

/** A text that must not be seen: only {@link #reveal} shows it. */
final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** A secret that can stand in a header; the JDK would quote one that cannot in its error. */
  static Secret forHeader(String setting, String value) {
    if (value.isEmpty() || !value.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      throw new SinkConfigurationException(setting, "must be printable ASCII and not empty");
    }
    return new Secret(value);
  }

  String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
