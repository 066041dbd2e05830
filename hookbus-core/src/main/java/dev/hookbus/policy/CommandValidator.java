package dev.hookbus.policy;

import dev.hookbus.policy.ShellScript.Redirection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks through the programs of a command for what destroys machines. */
final class CommandValidator implements Validator {

  private static final Set<String> REMOVERS = Set.of("rm", "rmdir", "unlink", "shred", "srm");
  private static final Set<String> FORMATTERS =
      Set.of("mke2fs", "mkswap", "wipefs", "blkdiscard", "newfs");
  private static final Set<String> DOWNLOADERS = Set.of("curl", "wget", "fetch", "aria2c", "http");
  private static final Set<String> DECODERS =
      Set.of("base64", "base32", "xxd", "uudecode", "openssl");
  private static final Set<String> INTERPRETERS =
      Set.of("python", "python2", "python3", "perl", "ruby", "node", "php");
  private static final Set<String> PASSING_ON = Set.of("sort", "uniq", "cat", "tr", "tee", "rev");
  private static final Set<String> HARMLESS_DEVICES =
      Set.of(
          "/dev/null",
          "/dev/zero",
          "/dev/full",
          "/dev/stdout",
          "/dev/stderr",
          "/dev/stdin",
          "/dev/tty",
          "/dev/random",
          "/dev/urandom",
          "/dev/ptmx");
  private static final Set<String> HARMLESS_DEVICE_DIRECTORIES =
      Set.of("/dev/fd/", "/dev/shm/", "/dev/pts/", "/dev/tcp/", "/dev/udp/", "/dev/mqueue/");
  private static final Set<String> SYSTEM_DIRECTORIES =
      Set.of(
          "/etc",
          "/usr",
          "/bin",
          "/sbin",
          "/lib",
          "/lib64",
          "/boot",
          "/dev",
          "/proc",
          "/sys",
          "/var",
          "/opt",
          "/root",
          "/System",
          "/Library");
  private static final Set<String> TESTS_WITHOUT_CHOICE =
      Set.of(
          "-type",
          "-maxdepth",
          "-mindepth",
          "-depth",
          "-delete",
          "-print",
          "-print0",
          "-mount",
          "-xdev");

  private final Map<CommandRule, Decision> decisions;

  CommandValidator(Map<CommandRule, Decision> changes) {
    decisions = new EnumMap<>(CommandRule.class);
    for (CommandRule rule : CommandRule.values()) {
      decisions.put(rule, rule.standard());
    }
    decisions.putAll(changes);
  }

  @Override
  public Opinion check(Action action) {
    if (!(action instanceof Action.Command command)) {
      return Opinion.allow();
    }
    CommandReading reading = command.reading();
    Opinion worst = Opinion.allow();
    for (Program program : reading.programs()) {
      worst = worst.or(program(program, command.place()));
    }
    for (List<List<Program>> pipeline : reading.pipelines()) {
      worst = worst.or(pipeline(pipeline, command.place()));
    }
    if (reading.forkBomb()) {
      worst =
          worst.or(
              opinion(
                  CommandRule.FORK_BOMB,
                  "This function starts itself again and again until the machine stops."));
    }
    if (reading.tooDeep()) {
      worst =
          worst.or(
              opinion(
                  CommandRule.UNREADABLE,
                  "This command is nested too deeply to be checked; write it in plain steps."));
    }
    return worst;
  }

  private Opinion opinion(CommandRule rule, String text) {
    Decision decision = decisions.getOrDefault(rule, rule.standard());
    return decision == Decision.ALLOW
        ? Opinion.allow()
        : new Opinion(decision, text + " [" + rule.configName() + "]");
  }

  private Opinion program(Program program, Place place) {
    Opinion opinion = devices(program.redirections());
    String name = program.name();
    if (REMOVERS.contains(name) || program.dynamic()) {
      opinion = opinion.or(removal(program, place));
    }
    if (name.equals("mv")) {
      opinion = opinion.or(moving(program, place));
    }
    if (name.startsWith("mkfs") || FORMATTERS.contains(name)) {
      opinion =
          opinion.or(opinion(CommandRule.FORMAT, "'" + name + "' wipes what is on the disk."));
    }
    if (Set.of("dd", "cp", "tee", "shred", "truncate").contains(name)) {
      opinion = opinion.or(deviceArguments(program));
    }
    if (name.equals("chmod") || name.equals("chown") || name.equals("chgrp")) {
      opinion = opinion.or(permissions(program, place));
    }
    if (name.equals("find")) {
      opinion = opinion.or(finding(program, place));
    }
    if (name.equals("git")) {
      opinion = opinion.or(push(program));
    }
    return opinion.or(running(program));
  }

  private Opinion removal(Program program, Place place) {
    boolean sweeping =
        program.has('r')
            || program.has('R')
            || program.has('f')
            || program.has("--recursive")
            || program.has("--force");
    if (program.dynamic() && !sweeping) {
      return Opinion.allow();
    }
    Opinion opinion =
        program.superuser() && !program.dynamic()
            ? opinion(
                CommandRule.SUDO_REMOVAL,
                "Removing files as superuser is left to people; remove without sudo, or ask.")
            : Opinion.allow();
    if (program.has("--no-preserve-root")) {
      return opinion.or(removes("the root directory"));
    }
    for (ShellWord operand : program.operands()) {
      opinion = opinion.or(removed(operand, program.directory(), sweeping, place));
    }
    return opinion;
  }

  private Opinion removed(
      ShellWord operand, @Nullable String directory, boolean sweeping, Place place) {
    if (operand.dynamic()) {
      DangerousTarget target =
          sweeping && !operand.guarded()
              ? DangerousTarget.ifEmpty(operand, directory, place)
              : null;
      return target == null
          ? Opinion.allow()
          : opinion(
              CommandRule.EMPTY_VARIABLE,
              "If '"
                  + shown(operand)
                  + "' is filled in with nothing, this removes "
                  + target.text()
                  + "; write ${NAME:?} so that an empty one stops the command.");
    }
    DangerousTarget target = DangerousTarget.of(operand, directory, place);
    return target != null && (sweeping || operand.glob())
        ? removes(target.text())
        : Opinion.allow();
  }

  private Opinion removes(String target) {
    return opinion(
        CommandRule.ROOT_REMOVAL, "This removes " + target + "; name exactly what should go.");
  }

  private Opinion moving(Program program, Place place) {
    List<ShellWord> operands = program.operands();
    Opinion opinion = Opinion.allow();
    for (int i = 0; i + 1 < operands.size(); i++) {
      ShellWord operand = operands.get(i);
      DangerousTarget target =
          operand.dynamic() || operand.glob()
              ? null
              : DangerousTarget.of(operand, program.directory(), place);
      opinion = opinion.or(target == null ? Opinion.allow() : removes(target.text()));
    }
    return opinion;
  }

  private Opinion devices(List<Redirection> redirections) {
    Opinion opinion = Opinion.allow();
    for (Redirection redirection : redirections) {
      if (redirection.writes()) {
        opinion = opinion.or(device(redirection.target().text()));
      }
    }
    return opinion;
  }

  private Opinion deviceArguments(Program program) {
    Opinion opinion = Opinion.allow();
    List<ShellWord> operands = program.operands();
    boolean last = program.name().equals("cp");
    for (int i = last ? Math.max(operands.size() - 1, 0) : 0; i < operands.size(); i++) {
      String text = operands.get(i).text();
      if (!program.name().equals("dd") || text.startsWith("of=")) {
        opinion = opinion.or(device(text.startsWith("of=") ? text.substring(3) : text));
      }
    }
    return opinion;
  }

  private Opinion device(String path) {
    if (!path.startsWith("/dev/") || HARMLESS_DEVICES.contains(path)) {
      return Opinion.allow();
    }
    for (String directory : HARMLESS_DEVICE_DIRECTORIES) {
      if (path.startsWith(directory)) {
        return Opinion.allow();
      }
    }
    return opinion(
        CommandRule.DEVICE_WRITE, "This writes to the device " + path + ", past its file system.");
  }

  private Opinion permissions(Program program, Place place) {
    List<ShellWord> operands = program.operands();
    boolean chmod = program.name().equals("chmod");
    boolean opens = chmod && !operands.isEmpty() && opensToAll(operands.get(0).text());
    boolean recursive = program.has('R') || program.has("--recursive");
    if (!opens && (chmod || !recursive)) {
      return Opinion.allow();
    }
    Opinion opinion =
        opens
            ? opinion(
                CommandRule.OPEN_PERMISSIONS,
                "This lets every user of the machine write here; 755 or 644 is nearly always meant.")
            : Opinion.allow();
    for (int i = 1; i < operands.size(); i++) {
      ShellWord operand = operands.get(i);
      CanonicalPath path =
          operand.dynamic() || program.directory() == null
              ? null
              : CanonicalPath.of(program.directory() + "/" + operand.text(), place);
      if (operand.text().startsWith("/")) {
        path = CanonicalPath.of(operand.text(), place);
      }
      if (path != null
          && (isSystem(path.written().toString()) || isSystem(path.real().toString()))) {
        opinion =
            opinion.or(
                opinion(
                    CommandRule.SYSTEM_PERMISSIONS,
                    "This changes who may write in a system directory."));
      }
    }
    return opinion;
  }

  private static boolean isSystem(String path) {
    if (path.equals("/") || path.equals("/*")) {
      return true;
    }
    int end = path.indexOf('/', 1);
    return SYSTEM_DIRECTORIES.contains(end < 0 ? path : path.substring(0, end));
  }

  /** Whether a mode lets others write: an octal with 2 in its last digit, or {@code o+w}. */
  private static boolean opensToAll(String mode) {
    boolean octal = !mode.isEmpty();
    for (int i = 0; i < mode.length(); i++) {
      octal &= mode.charAt(i) >= '0' && mode.charAt(i) <= '7';
    }
    if (octal) {
      // A directory like /tmp is open, but the sticky bit keeps its files apart.
      boolean sticky = mode.length() == 4 && (mode.charAt(0) & 1) == 1;
      return !sticky && mode.length() >= 3 && ((mode.charAt(mode.length() - 1) - '0') & 2) != 0;
    }
    int sign = Math.max(mode.indexOf('+'), mode.indexOf('='));
    if (sign < 0 || mode.indexOf('w', sign) < 0) {
      return false;
    }
    String who = mode.substring(0, sign);
    return who.indexOf('o') >= 0 || who.indexOf('a') >= 0;
  }

  private Opinion finding(Program find, Place place) {
    boolean deletes = find.has("-delete");
    List<ShellWord> arguments = find.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (executes(arguments.get(i).text())) {
        deletes |= REMOVERS.contains(baseName(arguments.get(i + 1).text()));
      }
    }
    return deletes ? startingPoints(find, chooses(find), place) : Opinion.allow();
  }

  /** Whether something about the files decides which are found, beside their kind and depth. */
  private static boolean chooses(Program find) {
    boolean executed = false;
    for (ShellWord argument : find.arguments()) {
      String text = argument.text();
      if (executed) {
        executed = !text.equals(";") && !text.equals("+");
      } else if (executes(text)) {
        executed = true;
      } else if (text.startsWith("-")
          && text.length() > 2
          && !TESTS_WITHOUT_CHOICE.contains(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean executes(String option) {
    return option.startsWith("-exec") || option.startsWith("-ok");
  }

  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Opinion startingPoints(Program find, boolean chosen, Place place) {
    boolean any = false;
    for (ShellWord argument : find.arguments()) {
      String text = argument.text();
      if ((text.startsWith("-") && text.length() > 2) || text.equals("!") || text.equals("(")) {
        break;
      }
      any = true;
      Opinion opinion = startingPoint(argument, find.directory(), chosen, place);
      if (opinion.decision() != Decision.ALLOW) {
        return opinion;
      }
    }
    return any
        ? Opinion.allow()
        : startingPoint(ShellWord.literal("."), find.directory(), chosen, place);
  }

  private Opinion startingPoint(
      ShellWord start, @Nullable String directory, boolean chosen, Place place) {
    DangerousTarget target = start.dynamic() ? null : DangerousTarget.of(start, directory, place);
    // Removing chosen files is the everyday use of find, but not all over the machine.
    return target == null || (chosen && !target.machine())
        ? Opinion.allow()
        : removes(target.text());
  }

  private Opinion push(Program git) {
    boolean push = false;
    boolean forced = git.has("--force") || git.has("--mirror") || git.has("--force-with-lease");
    for (ShellWord operand : git.operands()) {
      push |= operand.text().equals("push");
      forced |= push && operand.text().startsWith("+") && operand.text().length() > 1;
    }
    return push && (forced || git.has('f'))
        ? opinion(
            CommandRule.FORCE_PUSH, "This overwrites a branch that others may have built upon.")
        : Opinion.allow();
  }

  /** {@code sh -c "$(curl …)"}, {@code eval "$(curl …)"}, {@code . <(curl …)}. */
  private Opinion running(Program program) {
    boolean runs =
        CommandReading.SHELLS.contains(program.name())
            || INTERPRETERS.contains(program.name())
            || Set.of("eval", "source", ".").contains(program.name());
    return runs && anySource(program.sources()) ? unseen() : Opinion.allow();
  }

  private Opinion pipeline(List<List<Program>> elements, Place place) {
    Opinion opinion = Opinion.allow();
    boolean unseenSource = false;
    boolean sweepingSource = false;
    for (List<Program> element : elements) {
      for (Program program : element) {
        if (unseenSource && readsScript(program)) {
          opinion = opinion.or(unseen());
        }
        if (sweepingSource && program.name().equals("xargs") && removes(program)) {
          opinion = opinion.or(removes("whatever is found there"));
        }
      }
      unseenSource |= anySource(element);
      sweepingSource = listsEverything(element, place) || (sweepingSource && passesOn(element));
    }
    return opinion;
  }

  private static boolean readsScript(Program program) {
    if (CommandReading.SHELLS.contains(program.name())) {
      return !program.has('c') && (program.operands().isEmpty() || program.has('s'));
    }
    List<ShellWord> operands = program.operands();
    return INTERPRETERS.contains(program.name())
        && !program.has('c')
        && !program.has('e')
        && !program.has('m')
        && !program.has('n')
        && (operands.isEmpty() || operands.get(0).text().equals("-"));
  }

  private static boolean removes(Program xargs) {
    for (ShellWord argument : xargs.arguments()) {
      if (REMOVERS.contains(baseName(argument.text()))) {
        return true;
      }
    }
    return false;
  }

  private boolean listsEverything(List<Program> element, Place place) {
    for (Program program : element) {
      boolean found =
          program.name().equals("find")
              && startingPoints(program, chooses(program), place).decision() != Decision.ALLOW;
      boolean listed = false;
      if (program.name().equals("ls")) {
        for (ShellWord operand : program.operands()) {
          listed |= !operand.dynamic() && isDangerous(operand, program, place);
        }
        listed |=
            program.operands().isEmpty() && isDangerous(ShellWord.literal("."), program, place);
      }
      if (found || listed) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDangerous(ShellWord directory, Program program, Place place) {
    return DangerousTarget.of(directory, program.directory(), place) != null;
  }

  /** Whether everything that comes in goes out again. */
  private static boolean passesOn(List<Program> element) {
    for (Program program : element) {
      if (!PASSING_ON.contains(program.name())) {
        return false;
      }
    }
    return true;
  }

  private static boolean anySource(List<Program> programs) {
    for (Program program : programs) {
      boolean decodes =
          DECODERS.contains(program.name())
              && (program.has('d')
                  || program.has('D')
                  || program.has('r')
                  || program.has("--decode")
                  || program.name().equals("uudecode"));
      if (DOWNLOADERS.contains(program.name()) || decodes) {
        return true;
      }
    }
    return false;
  }

  private Opinion unseen() {
    return opinion(
        CommandRule.PIPE_TO_SHELL,
        "This runs what nobody has seen; save it to a file, read it, then run it.");
  }

  private static String shown(ShellWord word) {
    String text = word.text();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
