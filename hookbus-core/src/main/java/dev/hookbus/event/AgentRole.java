package dev.hookbus.event;

/** The part an agent plays in a run. */
public enum AgentRole {
  /** Plans, and hands out tasks. */
  CONDUCTOR("conductor"),
  /** Works on one task. */
  WORKER("worker"),
  /** Neither: the machinery around them. */
  SYSTEM("system"),
  /** A role this version does not know: read without complaint, never written. */
  UNKNOWN("");

  private final String wireName;

  AgentRole(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON; empty for {@link #UNKNOWN}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The role of that name in JSON.
   *
   * @return {@link #UNKNOWN} where no role has the name
   */
  public static AgentRole ofWireName(String name) {
    for (AgentRole role : values()) {
      if (role != UNKNOWN && role.wireName.equals(name)) {
        return role;
      }
    }
    return UNKNOWN;
  }
}
