package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool.
 *
 * @param name the tool as the host names it
 * @param kind the tool as Claude Code names it, where it has one for the same purpose: {@code Bash}
 *     for every host's shell
 * @param input what it is called with, whole and unchanged, however large
 * @param useId the host's ID of the call; {@code null} if it gives none
 * @param response what the model gets to see of the answer, in a {@link PostToolBatch}; else {@code
 *     null}
 * @param mcpServer the MCP server of the tool; {@code null} if it has none or the host does not say
 */
public record ToolCall(
    String name,
    String kind,
    JsonValue input,
    @Nullable String useId,
    @Nullable JsonValue response,
    @Nullable McpServer mcpServer) {

  /** The input, typed for the common tools. */
  public ToolInput typedInput() {
    return ToolInput.of(this);
  }

  /** Tool and ID; not its input, which may hold secrets. */
  @Override
  public String toString() {
    return "ToolCall[name=" + name + ", useId=" + useId + "]";
  }
}
