package dev.hookbus.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of a directory of commands; all names are relative to the directory. */
final class CommandFiles {

  private static final String COMMANDS = "bin";
  private static final List<String> NEEDED_BY_COMMANDS = List.of("lib", "prepared");

  private final Path directory;

  CommandFiles(Path directory) {
    this.directory = directory;
  }

  /** Everything in the directories that commands are written to. */
  Set<String> all() throws IOException {
    Set<String> files = new TreeSet<>(in(COMMANDS));
    for (String part : NEEDED_BY_COMMANDS) {
      files.addAll(in(part));
    }
    return files;
  }

  /** What no command of the directory starts from. */
  Set<String> unused() throws IOException {
    StringBuilder scripts = new StringBuilder();
    for (String command : in(COMMANDS)) {
      scripts.append(Files.readString(directory.resolve(command), StandardCharsets.ISO_8859_1));
    }
    Set<String> unused = new TreeSet<>();
    for (String part : NEEDED_BY_COMMANDS) {
      for (String file : in(part)) {
        if (scripts.indexOf(asInScript(Path.of(file).getName(1).toString())) < 0) {
          unused.add(file);
        }
      }
    }
    return unused;
  }

  /** A name in the quotes and bytes of a script. */
  private static String asInScript(String name) {
    byte[] utf8 = name.replace("'", "'\\''").getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }

  /** Removes files, and directories that are empty then. */
  void remove(Collection<String> files) throws IOException {
    for (String name : files) {
      Path file = directory.resolve(name);
      Files.deleteIfExists(file);
      for (Path up = file.getParent(); up != null && !up.equals(directory); up = up.getParent()) {
        removeIfEmpty(up);
      }
    }
  }

  /** Removes the directory itself if nothing is left in it. */
  void removeIfEmpty() throws IOException {
    for (String part : NEEDED_BY_COMMANDS) {
      removeIfEmpty(directory.resolve(part));
    }
    removeIfEmpty(directory);
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException othersLive) {
      // Then it stays.
    }
  }

  private Set<String> in(String part) throws IOException {
    Set<String> files = new TreeSet<>();
    Path parent = directory.resolve(part);
    if (Files.isDirectory(parent)) {
      try (Stream<Path> all = Files.walk(parent)) {
        all.filter(Files::isRegularFile)
            .forEach(file -> files.add(directory.relativize(file).toString()));
      }
    }
    return files;
  }
}
