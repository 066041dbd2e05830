package dev.hookbus.resident;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client, as the kernel shows it: what it was started with need not be sent.
 *
 * @param directory of the process in {@code /proc}
 */
record ClientProcess(Path directory) {

  static ClientProcess of(long pid) {
    return new ClientProcess(Path.of("/proc", Long.toString(pid)));
  }

  /**
   * Whether this process has that file as its stdin. Process numbers are used again, and mean other
   * processes in other containers.
   */
  boolean reads(Path file) throws IOException {
    return Files.isSameFile(directory.resolve("fd/0"), file);
  }

  /** The environment the process was started with. */
  Map<String, String> environment() throws IOException {
    Map<String, String> environment = new TreeMap<>();
    for (String variable : strings("environ")) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return environment;
  }

  /** The last words of the command line. */
  List<String> lastArguments(int count) throws IOException {
    List<String> words = strings("cmdline");
    return words.subList(words.size() - count, words.size());
  }

  Path workingDirectory() throws IOException {
    return Files.readSymbolicLink(directory.resolve("cwd"));
  }

  private List<String> strings(String file) throws IOException {
    String text = new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.UTF_8);
    List<String> strings = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', start)) {
      strings.add(text.substring(start, end));
      start = end + 1;
    }
    return strings;
  }
}
