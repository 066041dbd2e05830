package dev.hookbus.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code find} that removes what it finds, by itself or by a program it starts. */
final class FindCheck implements CommandValidator.ProgramCheck {

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

  private final RemovalCheck removals;

  FindCheck(RemovalCheck removals) {
    this.removals = removals;
  }

  @Override
  public Opinion judge(Program program, Place place) {
    return program.name().equals("find") && deletes(program)
        ? found(program, place)
        : Opinion.allow();
  }

  /** The opinion on removing all that {@code find} finds. */
  Opinion found(Program find, Place place) {
    boolean chosen = chooses(find);
    boolean any = false;
    for (ShellWord argument : find.arguments()) {
      if (endsStartingPoints(argument.text())) {
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

  private static boolean endsStartingPoints(String argument) {
    return (argument.startsWith("-") && argument.length() > 2)
        || argument.equals("!")
        || argument.equals("(");
  }

  private Opinion startingPoint(
      ShellWord start, @Nullable String directory, boolean chosen, Place place) {
    DangerousTarget target = start.dynamic() ? null : DangerousTarget.of(start, directory, place);
    // Removing chosen files is the everyday use of find, but not all over the machine.
    return target == null || (chosen && !target.machine())
        ? Opinion.allow()
        : removals.removes(target.text());
  }

  private static boolean deletes(Program find) {
    boolean deletes = find.has("-delete");
    List<ShellWord> arguments = find.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (executes(arguments.get(i).text())) {
        deletes |= RemovalCheck.isRemover(arguments.get(i + 1));
      }
    }
    return deletes;
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
}
