package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tool is called with. Of an unknown tool, or without the command, path, pattern, address or
 * prompt its tool is about, it is {@link Other}.
 *
 * <pre>{@code
 * static boolean pushes(PreToolUse call) {
 *   return call.input() instanceof ToolInput.Bash bash && bash.command().contains("git push");
 * }
 * }</pre>
 */
public sealed interface ToolInput {

  /** The input as the host wrote it, with fields that have no accessor. */
  JsonValue json();

  /** A tool that works on one file, so that a rule about paths need not know every tool. */
  sealed interface OfFile extends ToolInput permits Read, Write, Edit, MultiEdit, NotebookEdit {

    /** The file, as the model wrote it: mostly absolute, and not canonical. */
    String filePath();
  }

  /**
   * A command for the shell.
   *
   * @param command the command line
   * @param description what it is for, in the model's words
   * @param timeoutMs milliseconds it may take
   * @param runInBackground whether the model goes on meanwhile
   */
  record Bash(
      JsonValue json,
      String command,
      @Nullable String description,
      @Nullable Long timeoutMs,
      boolean runInBackground)
      implements ToolInput {}

  /**
   * Reads a file.
   *
   * @param offset first line
   * @param limit number of lines
   */
  record Read(JsonValue json, String filePath, @Nullable Long offset, @Nullable Long limit)
      implements OfFile {}

  /**
   * Writes a whole file.
   *
   * @param content what it shall hold; empty if that is missing
   */
  record Write(JsonValue json, String filePath, String content) implements OfFile {}

  /**
   * Replaces text in a file.
   *
   * @param oldString what stands there; empty if that is missing
   * @param newString what shall stand there; empty if that is missing
   * @param replaceAll everywhere, or only once
   */
  record Edit(
      JsonValue json, String filePath, String oldString, String newString, boolean replaceAll)
      implements OfFile {}

  /**
   * Replaces several texts in a file.
   *
   * @param edits the replacements, each with an {@code old_string} and a {@code new_string}
   */
  record MultiEdit(JsonValue json, String filePath, List<JsonValue> edits) implements OfFile {

    /** Copies the list. */
    public MultiEdit {
      edits = List.copyOf(edits);
    }
  }

  /**
   * Changes a cell of a notebook.
   *
   * @param newSource what the cell shall hold
   * @param cellId the cell
   * @param cellType {@code code} or {@code markdown}
   * @param editMode {@code replace}, {@code insert} or {@code delete}
   */
  record NotebookEdit(
      JsonValue json,
      String filePath,
      @Nullable String newSource,
      @Nullable String cellId,
      @Nullable String cellType,
      @Nullable String editMode)
      implements OfFile {}

  /**
   * Searches in files.
   *
   * @param pattern a regular expression
   * @param path where
   * @param glob in which files
   */
  record Grep(JsonValue json, String pattern, @Nullable String path, @Nullable String glob)
      implements ToolInput {}

  /**
   * Finds files.
   *
   * @param pattern by which names
   * @param path where
   */
  record Glob(JsonValue json, String pattern, @Nullable String path) implements ToolInput {}

  /**
   * Fetches a page.
   *
   * @param url its address
   * @param prompt what the model wants to know of it
   */
  record WebFetch(JsonValue json, String url, @Nullable String prompt) implements ToolInput {}

  /**
   * Searches the web.
   *
   * @param query what for
   * @param allowedDomains only there; everywhere if empty
   * @param blockedDomains not there
   */
  record WebSearch(
      JsonValue json, String query, List<String> allowedDomains, List<String> blockedDomains)
      implements ToolInput {

    /** Copies the lists. */
    public WebSearch {
      allowedDomains = List.copyOf(allowedDomains);
      blockedDomains = List.copyOf(blockedDomains);
    }
  }

  /**
   * Starts a subagent. The tool is called {@code Agent}, and was called {@code Task}.
   *
   * @param prompt what it shall do
   * @param description the same in some words
   * @param subagentType its kind
   * @param runInBackground whether the model goes on meanwhile
   */
  record Agent(
      JsonValue json,
      String prompt,
      @Nullable String description,
      @Nullable String subagentType,
      boolean runInBackground)
      implements ToolInput {}

  /**
   * Writes the list of things to do.
   *
   * @param todos the list, each item with {@code content} and {@code status}
   */
  record TodoWrite(JsonValue json, List<JsonValue> todos) implements ToolInput {

    /** Copies the list. */
    public TodoWrite {
      todos = List.copyOf(todos);
    }
  }

  /**
   * Calls a tool of an MCP server.
   *
   * @param server the server, as it stands in the tool's name
   * @param tool the tool, as the server names it
   */
  record Mcp(JsonValue json, String server, String tool) implements ToolInput {}

  /** Any other tool. */
  record Other(JsonValue json) implements ToolInput {}

  /** The typed input of a call. */
  static ToolInput of(ToolCall call) {
    ToolInput typed = typed(call.kind(), call.input());
    if (typed == null) {
      typed = mcp(call);
    }
    return typed == null ? new Other(call.input()) : typed;
  }

  private static @Nullable ToolInput typed(String kind, JsonValue json) {
    return switch (kind) {
      case "Bash" -> bash(json, either(json, "command", "command_line"));
      case "Read", "Write", "Edit", "MultiEdit", "NotebookEdit" ->
          ofFile(kind, json, filePath(kind, json));
      case "Grep", "Glob" -> search(kind, json, json.text("pattern"));
      case "WebFetch" -> fetch(json, json.text("url"));
      case "WebSearch" -> webSearch(json, json.text("query"));
      case "Agent", "Task" -> agent(json, json.text("prompt"));
      case "TodoWrite" -> todos(json, json.get("todos"));
      default -> null;
    };
  }

  private static @Nullable ToolInput bash(JsonValue json, @Nullable String command) {
    return command == null
        ? null
        : new Bash(
            json,
            command,
            json.text("description"),
            number(json, "timeout"),
            isTrue(json, "run_in_background"));
  }

  private static @Nullable ToolInput ofFile(String kind, JsonValue json, @Nullable String path) {
    if (path == null) {
      return null;
    }
    return switch (kind) {
      case "Read" -> new Read(json, path, number(json, "offset"), number(json, "limit"));
      case "Write" -> new Write(json, path, orEmpty(either(json, "content", "file_text")));
      case "Edit" ->
          new Edit(
              json,
              path,
              orEmpty(either(json, "old_string", "old_str")),
              orEmpty(either(json, "new_string", "new_str")),
              isTrue(json, "replace_all"));
      case "MultiEdit" -> {
        JsonValue edits = json.get("edits");
        yield new MultiEdit(json, path, edits == null ? List.of() : edits.items());
      }
      default ->
          new NotebookEdit(
              json,
              path,
              json.text("new_source"),
              json.text("cell_id"),
              json.text("cell_type"),
              json.text("edit_mode"));
    };
  }

  private static @Nullable ToolInput search(String kind, JsonValue json, @Nullable String pattern) {
    if (pattern == null) {
      return null;
    }
    return kind.equals("Grep")
        ? new Grep(json, pattern, json.text("path"), json.text("glob"))
        : new Glob(json, pattern, json.text("path"));
  }

  private static @Nullable ToolInput fetch(JsonValue json, @Nullable String url) {
    return url == null ? null : new WebFetch(json, url, json.text("prompt"));
  }

  private static @Nullable ToolInput webSearch(JsonValue json, @Nullable String query) {
    return query == null
        ? null
        : new WebSearch(
            json, query, texts(json, "allowed_domains"), texts(json, "blocked_domains"));
  }

  private static @Nullable ToolInput agent(JsonValue json, @Nullable String prompt) {
    return prompt == null
        ? null
        : new Agent(
            json,
            prompt,
            json.text("description"),
            json.text("subagent_type"),
            isTrue(json, "run_in_background"));
  }

  private static @Nullable ToolInput todos(JsonValue json, @Nullable JsonValue todos) {
    return todos == null ? null : new TodoWrite(json, todos.items());
  }

  /** Hosts agree on what the path is for, not on its name. */
  private static @Nullable String filePath(String kind, JsonValue json) {
    String path = json.text(kind.equals("NotebookEdit") ? "notebook_path" : "file_path");
    return path == null ? either(json, "absolute_path", "path") : path;
  }

  private static @Nullable String either(JsonValue json, String name, String otherName) {
    String text = json.text(name);
    return text == null ? json.text(otherName) : text;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * Splits {@code mcp__server__tool}; the server's name, if it is known, may hold two underscores.
   */
  private static @Nullable ToolInput mcp(ToolCall call) {
    String prefix = "mcp__";
    String name = call.name();
    if (!name.startsWith(prefix)) {
      return null;
    }
    McpServer known = call.mcpServer();
    int serverEnd =
        known != null && name.startsWith(known.name() + "__", prefix.length())
            ? prefix.length() + known.name().length()
            : name.indexOf("__", prefix.length());
    return serverEnd < 0
        ? null
        : new Mcp(
            call.input(),
            name.substring(prefix.length(), serverEnd),
            name.substring(serverEnd + 2));
  }

  private static @Nullable Long number(JsonValue json, String name) {
    JsonValue value = json.get(name);
    return value == null ? null : value.asLong();
  }

  private static boolean isTrue(JsonValue json, String name) {
    JsonValue value = json.get(name);
    return value != null && Boolean.TRUE.equals(value.asBoolean());
  }

  private static List<String> texts(JsonValue json, String name) {
    List<String> texts = new ArrayList<>();
    JsonValue value = json.get(name);
    if (value != null) {
      for (JsonValue item : value.items()) {
        String text = item.asText();
        if (text != null) {
          texts.add(text);
        }
      }
    }
    return texts;
  }
}
