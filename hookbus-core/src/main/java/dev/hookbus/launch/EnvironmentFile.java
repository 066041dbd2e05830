package dev.hookbus.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file from which commands take variables: lines {@code NAME=value}, read as data and never run
 * by a shell.
 *
 * @see Launcher#withEnvironmentFile
 */
public final class EnvironmentFile {

  private EnvironmentFile() {}

  /**
   * The variables of a file; none if it is missing. Of two lines for one variable the first counts.
   *
   * @throws IOException if the file is there and can't be read as UTF-8
   */
  public static Map<String, String> read(Path file) throws IOException {
    return Files.exists(file) ? variables(Files.readString(file)) : Map.of();
  }

  /** The variables in such a file's text. Of two lines for one variable the first counts. */
  public static Map<String, String> variables(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : lines(text)) {
      String name = name(line);
      if (name != null) {
        variables.putIfAbsent(name, value(line));
      }
    }
    return variables;
  }

  /**
   * Such a text with these variables set; lines that others added stay.
   *
   * @throws LaunchException if a value can't stand on a line
   */
  public static String with(String text, Map<String, String> variables) throws LaunchException {
    Map<String, String> left = new LinkedHashMap<>(variables);
    StringBuilder changed = new StringBuilder();
    for (String line : lines(text)) {
      String name = name(line);
      String value = name == null ? null : left.remove(name);
      changed
          .append(
              name == null || value == null || value.equals(value(line))
                  ? line
                  : assignment(name, value))
          .append('\n');
    }
    for (Map.Entry<String, String> variable : left.entrySet()) {
      changed.append(assignment(variable.getKey(), variable.getValue())).append('\n');
    }
    return changed.toString();
  }

  /** Lines without their end; of a line that ends as on Windows, the carriage return stays. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int stop = end < 0 ? text.length() : end;
      lines.add(text.substring(start, stop));
      start = stop + 1;
    }
    return lines;
  }

  private static String assignment(String name, String value) throws LaunchException {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new LaunchException("the value of " + name + " holds a control character");
      }
    }
    // One pair of quotes is taken off when it is read.
    boolean quotes = value.length() > 1 && "\"'".indexOf(value.charAt(0)) >= 0;
    return name + "=" + (quotes ? "\"" + value + "\"" : value);
  }

  private static @Nullable String name(String line) {
    String text = line.startsWith("export ") ? line.substring("export ".length()) : line;
    int equals = text.indexOf('=');
    for (int i = 0; i < equals; i++) {
      char c = text.charAt(i);
      boolean letter = c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return null;
      }
    }
    return equals < 1 ? null : text.substring(0, equals);
  }

  private static String value(String line) {
    int end = line.endsWith("\r") ? line.length() - 1 : line.length();
    String value = line.substring(line.indexOf('=') + 1, end);
    int last = value.length() - 1;
    boolean quoted =
        last > 0 && "\"'".indexOf(value.charAt(0)) >= 0 && value.charAt(last) == value.charAt(0);
    return quoted ? value.substring(1, last) : value;
  }
}
