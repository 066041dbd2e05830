package dev.hookbus.policy;

import dev.hookbus.policy.Action.FileAccess;
import dev.hookbus.policy.Action.FileMode;
import dev.hookbus.policy.ShellScript.Redirection;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files a command would read, write and delete, as far as its text says. */
final class FileEffects {

  private static final Set<String> READERS =
      Set.of(
          "cat", "less", "more", "head", "tail", "tac", "nl", "grep", "egrep", "fgrep", "rg", "awk",
          "sed", "cut", "sort", "uniq", "od", "xxd", "hexdump", "strings", "base64", "diff", "cmp",
          "source", ".", "bat", "view", "vi", "vim", "nano", "emacs", "open", "jq", "yq");
  private static final Set<String> SCRIPT_FIRST =
      Set.of("grep", "egrep", "fgrep", "rg", "awk", "sed", "jq", "yq");
  private static final Set<String> EDITORS = Set.of("vi", "vim", "nano", "emacs", "ed", "ex");
  private static final int MAX_MATCHES = 10_000;

  private final Action.Command command;
  private final Set<FileAccess> accesses = new LinkedHashSet<>();

  private FileEffects(Action.Command command) {
    this.command = command;
  }

  static List<FileAccess> of(Action.Command command) {
    FileEffects effects = new FileEffects(command);
    for (Program program : command.reading().programs()) {
      if (!program.remote()) {
        effects.redirections(program.redirections());
        effects.program(program);
      }
    }
    return List.copyOf(effects.accesses);
  }

  private void redirections(List<Redirection> redirections) {
    for (Redirection redirection : redirections) {
      add(
          redirection.target(),
          redirection.directory(),
          redirection.writes() ? FileMode.WRITE : FileMode.READ);
    }
  }

  private void program(Program program) {
    switch (program.name()) {
      case "tee", "touch", "truncate", "mkfifo" -> all(program, FileMode.WRITE);
      case "rm", "unlink", "shred" -> all(program, FileMode.DELETE);
      case "cp", "install", "rsync", "scp" -> copy(program, FileMode.READ);
      case "mv", "rename" -> copy(program, FileMode.DELETE);
      case "ln" -> copy(program, FileMode.READ);
      case "dd" -> dd(program);
      case "curl" -> valueOf(program, 'o', "--output", FileMode.WRITE);
      case "wget" -> valueOf(program, 'O', "--output-document", FileMode.WRITE);
      case "sort" -> {
        valueOf(program, 'o', "--output", FileMode.WRITE);
        all(program, FileMode.READ);
      }
      default -> {
        if (READERS.contains(program.name())) {
          boolean inPlace =
              program.name().equals("sed") && (program.has('i') || program.has("--in-place"));
          boolean writes = inPlace || EDITORS.contains(program.name());
          all(program, writes ? FileMode.WRITE : FileMode.READ);
        } else if (program.name().equals("perl") && program.has('i')) {
          all(program, FileMode.WRITE);
        }
      }
    }
  }

  private void all(Program program, FileMode mode) {
    List<ShellWord> operands = program.operands();
    boolean script =
        SCRIPT_FIRST.contains(program.name()) && !program.has('e') && !program.has('f');
    for (int i = script ? 1 : 0; i < operands.size(); i++) {
      add(operands.get(i), program.directory(), mode);
    }
  }

  /** The last operand is written, or a file in it, and the others are read or go away. */
  private void copy(Program program, FileMode sourceMode) {
    List<ShellWord> operands = new ArrayList<>(program.operands());
    ShellWord target = targetDirectory(program);
    if (target != null) {
      operands.remove(target);
    } else if (operands.size() > 1) {
      target = operands.remove(operands.size() - 1);
    }
    for (ShellWord source : operands) {
      add(source, program.directory(), sourceMode);
      if (target != null) {
        copied(source, target, program.directory());
      }
    }
  }

  private void copied(ShellWord source, ShellWord target, @Nullable String directory) {
    Path into = path(target, directory);
    Path file = path(source, directory);
    Path name = file == null ? null : file.getFileName();
    if (into != null && name != null && Files.isDirectory(into)) {
      access(into.resolve(name.toString()).toString(), FileMode.WRITE);
    } else {
      add(target, directory, FileMode.WRITE);
    }
  }

  private static @Nullable ShellWord targetDirectory(Program program) {
    List<ShellWord> arguments = program.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String text = arguments.get(i).text();
      if (text.equals("-t") || text.equals("--target-directory")) {
        return arguments.get(i + 1);
      }
    }
    return null;
  }

  private void dd(Program program) {
    for (ShellWord argument : program.arguments()) {
      String text = argument.text();
      if (text.startsWith("of=") || text.startsWith("if=")) {
        ShellWord file =
            new ShellWord(
                text.substring(3), argument.dynamic(), argument.guarded(), false, List.of());
        add(file, program.directory(), text.startsWith("of=") ? FileMode.WRITE : FileMode.READ);
      }
    }
  }

  private void valueOf(Program program, char option, String longOption, FileMode mode) {
    List<ShellWord> arguments = program.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      boolean cluster = text.length() > 1 && text.charAt(0) == '-' && text.charAt(1) != '-';
      if (text.startsWith(longOption + "=")) {
        add(ShellWord.literal(text.substring(longOption.length() + 1)), program.directory(), mode);
      } else if (i + 1 < arguments.size()
          && (text.equals(longOption) || (cluster && text.indexOf(option) == text.length() - 1))) {
        add(arguments.get(i + 1), program.directory(), mode);
      }
    }
  }

  private void add(ShellWord file, @Nullable String directory, FileMode mode) {
    Path path = path(file, directory);
    if (path == null) {
      if (file.text().indexOf('\0') >= 0) {
        access(file.text(), mode);
      }
      return;
    }
    if (file.glob()) {
      matches(path, mode);
    } else {
      access(path.toString(), mode);
    }
  }

  /** The absolute path of a word; null where the shell would fill something in. */
  private static @Nullable Path path(ShellWord word, @Nullable String directory) {
    if (word.dynamic() || word.text().isEmpty()) {
      return null;
    }
    Path path = CommandReading.pathOf(word.text());
    Path base = CommandReading.pathOf(directory);
    if (path == null || path.isAbsolute()) {
      return path;
    }
    return base == null ? null : base.resolve(path);
  }

  /** What the pattern matches now; the name itself if nothing does, as a shell would take it. */
  private void matches(Path pattern, FileMode mode) {
    Path parent = pattern.getParent();
    Path name = pattern.getFileName();
    int found = 0;
    if (parent != null && name != null) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(parent)) {
        for (Path file : files) {
          String candidate = String.valueOf(file.getFileName());
          boolean hidden = candidate.startsWith(".") && !name.toString().startsWith(".");
          if (!hidden && found < MAX_MATCHES && Glob.matches(name.toString(), candidate)) {
            access(file.toString(), mode);
            found++;
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        found = 0;
      }
    }
    if (found == 0) {
      access(pattern.toString(), mode);
    }
  }

  private void access(String path, FileMode mode) {
    accesses.add(new FileAccess(command.tool(), path, mode, command.place()));
  }
}
