package dev.hookbus.policy;

import java.util.List;

/**
 * One word of a command, after quotes are taken away and known variables are filled in.
 *
 * @param text what the program would get; a variable or substitution whose value is not known
 *     stands there as {@code $NAME} or {@code $()}
 * @param dynamic whether such an unknown part is in it
 * @param guarded whether every unknown part is of the form {@code ${NAME:?}}, which is never empty
 * @param glob whether the shell would match it against file names
 * @param substitutions the scripts whose output it takes, by {@code $()}, back quotes or {@code
 *     <()}
 */
record ShellWord(
    String text, boolean dynamic, boolean guarded, boolean glob, List<ShellScript> substitutions) {

  /** A word that means itself. */
  static ShellWord literal(String text) {
    return new ShellWord(text, false, false, false, List.of());
  }
}
