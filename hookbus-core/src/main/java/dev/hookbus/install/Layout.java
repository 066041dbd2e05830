package dev.hookbus.install;

import dev.hookbus.json.JsonMember;
import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes into a container of a document in the way the document is written. */
final class Layout {

  /** Where a member or item stands. */
  private record Span(int start, int end) {}

  private final byte[] text;
  private final JsonValue container;
  private final List<Span> children;
  private final boolean oneLine;
  private final String newLine;
  private final String unit;
  private final String indent;

  Layout(byte[] text, JsonValue container) {
    this.text = text;
    this.container = container;
    this.children = children(container);
    this.newLine = indexOf("\r\n") >= 0 ? "\r\n" : "\n";
    this.unit = unit();
    this.oneLine = !children.isEmpty() && !holdsNewLine(container.start(), container.end());
    this.indent =
        children.isEmpty() || oneLine
            ? indentAt(container.start()) + unit
            : indentAt(children.get(children.size() - 1).start);
  }

  private static List<Span> children(JsonValue container) {
    List<Span> children = new ArrayList<>();
    for (JsonMember member : container.members()) {
      children.add(new Span(member.start(), member.value().end()));
    }
    for (JsonValue item : container.items()) {
      children.add(new Span(item.start(), item.end()));
    }
    return children;
  }

  /** A group with one handler, without the indentation of its first line. */
  String group(HookSpec hook, String command, boolean blocks) {
    StringBuilder handler = new StringBuilder("{");
    field(handler, "type", quoted("command"));
    field(handler, "command", quoted(command));
    field(handler, "timeout", String.valueOf(hook.timeoutSeconds()));
    if (blocks) {
      field(handler, "onFailure", quoted("block"));
    }
    handler.append('}');
    List<String> members = new ArrayList<>();
    String matcher = hook.matcher();
    if (matcher != null) {
      members.add(quoted("matcher") + ": " + quoted(matcher));
    }
    members.add(quoted("hooks") + ": " + enclosed('[', List.of(handler.toString()), ']'));
    return enclosed('{', members, '}');
  }

  String event(String event, String group) {
    return quoted(event) + ": " + enclosed('[', List.of(group), ']');
  }

  String hooks(String event) {
    return quoted("hooks") + ": " + enclosed('{', List.of(event), '}');
  }

  private static void field(StringBuilder object, String name, String value) {
    object.append(object.length() == 1 ? "" : ", ").append(quoted(name)).append(": ").append(value);
  }

  /**
   * Parts in brackets, one a line and deeper than what is around them; on one line in such text.
   */
  private String enclosed(char open, List<String> parts, char close) {
    if (oneLine) {
      return open + String.join(", ", parts) + close;
    }
    StringBuilder enclosed = new StringBuilder().append(open);
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i).replace(newLine, newLine + unit);
      enclosed.append(i == 0 ? "" : ",").append(newLine).append(unit).append(part);
    }
    return enclosed.append(newLine).append(close).toString();
  }

  /** The document with a child more at the container's end. */
  byte[] appended(String child) {
    String indented = child.replace(newLine, newLine + indent);
    if (children.isEmpty()) {
      String inner = newLine + indent + indented + newLine + indentAt(container.start());
      return replaced(text, container.start() + 1, container.end() - 1, inner);
    }
    int end = children.get(children.size() - 1).end;
    return replaced(text, end, end, oneLine ? ", " + child : "," + newLine + indent + indented);
  }

  /** The document without the child that begins there. */
  static byte[] cut(byte[] text, JsonValue container, int start) {
    List<Span> children = children(container);
    for (int i = 0; i < children.size(); i++) {
      Span child = children.get(i);
      if (child.start == start) {
        if (i > 0) {
          return replaced(text, children.get(i - 1).end, child.end, "");
        }
        return children.size() > 1
            ? replaced(text, start, children.get(1).start, "")
            : replaced(text, container.start() + 1, container.end() - 1, "");
      }
    }
    throw new IllegalArgumentException("nothing begins there");
  }

  private static byte[] replaced(byte[] text, int from, int to, String with) {
    ByteArrayOutputStream result = new ByteArrayOutputStream(text.length + with.length());
    result.write(text, 0, from);
    result.writeBytes(with.getBytes(StandardCharsets.UTF_8));
    result.write(text, to, text.length - to);
    return result.toByteArray();
  }

  /** The blanks at the begin of the line in which that place is. */
  private String indentAt(int place) {
    int line = place;
    while (line > 0 && text[line - 1] != '\n') {
      line--;
    }
    int end = line;
    while (end < place && (text[end] == ' ' || text[end] == '\t')) {
      end++;
    }
    return new String(text, line, end - line, StandardCharsets.US_ASCII);
  }

  /** How much deeper one level is: as the first indented line has it, else two blanks. */
  private String unit() {
    for (int i = 0; i + 1 < text.length; i++) {
      if (text[i] == '\n' && (text[i + 1] == ' ' || text[i + 1] == '\t')) {
        int end = i + 1;
        while (end < text.length && (text[end] == ' ' || text[end] == '\t')) {
          end++;
        }
        return new String(text, i + 1, end - i - 1, StandardCharsets.US_ASCII);
      }
    }
    return "  ";
  }

  private boolean holdsNewLine(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  private int indexOf(String wanted) {
    return new String(text, StandardCharsets.ISO_8859_1).indexOf(wanted);
  }

  private static String quoted(String value) {
    return new JsonWriter().value(value).toString();
  }
}
