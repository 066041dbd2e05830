package dev.hookbus.event;

/** How grave an event is. */
public enum EventLevel {
  /** For those who look for it. */
  DEBUG("debug"),
  /** The ordinary course. The default. */
  INFO("info"),
  /** Worth a look. */
  WARN("warn"),
  /** A failure. */
  ERROR("error"),
  /** A level this version does not know: read without complaint, never written. */
  UNKNOWN("");

  private final String wireName;

  EventLevel(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON; empty for {@link #UNKNOWN}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The level of that name in JSON.
   *
   * @return {@link #UNKNOWN} where no level has the name
   */
  public static EventLevel ofWireName(String name) {
    for (EventLevel level : values()) {
      if (level != UNKNOWN && level.wireName.equals(name)) {
        return level;
      }
    }
    return UNKNOWN;
  }
}
