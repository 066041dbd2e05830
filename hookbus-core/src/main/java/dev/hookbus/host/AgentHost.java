package dev.hookbus.host;

/**
 * The program that starts hooks. Which one it is must be said, by {@link HookMain#host} or by the
 * argument {@code --host}: some speak alike and take different answers.
 */
public enum AgentHost {
  /** Claude Code: every event, every answer. */
  CLAUDE_CODE("claude-code"),
  /** OpenAI's Codex CLI: speaks like Claude Code, and takes fewer answers. */
  CODEX("codex"),
  /** Cursor. */
  CURSOR("cursor"),
  /** Gemini CLI: gives tool calls no ID. */
  GEMINI_CLI("gemini"),
  /** GitHub Copilot CLI: gives tool calls no ID. */
  COPILOT_CLI("copilot"),
  /** Windsurf: can be told no more than to block. */
  WINDSURF("windsurf");

  private final String flag;

  AgentHost(String flag) {
    this.flag = flag;
  }

  /** The name on command lines, such as {@code claude-code}. */
  public String flag() {
    return flag;
  }

  /**
   * The host of that name on command lines.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static AgentHost ofFlag(String flag) {
    StringBuilder known = new StringBuilder();
    for (AgentHost host : values()) {
      if (host.flag.equals(flag)) {
        return host;
      }
      known.append(known.length() == 0 ? "" : ", ").append(host.flag);
    }
    throw new IllegalArgumentException("no agent host is named so; there are " + known);
  }
}
