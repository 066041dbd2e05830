package dev.hookbus.install;

/**
 * What a look at an installation has found.
 *
 * @param level how grave it is
 * @param what what is so
 * @param where the file, command or address
 * @param remedy what to do; empty where nothing has to be done
 */
public record Diagnosis(Level level, String what, String where, String remedy) {

  /** How grave it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** It works, but not as safely as it could. */
    WARNING,
    /** It does not work. */
    PROBLEM
  }

  /** Something that is as it should be. */
  public static Diagnosis ok(String what, Object where) {
    return new Diagnosis(Level.OK, what, where.toString(), "");
  }

  /** Something that works, but not as safely as it could. */
  public static Diagnosis warning(String what, Object where, String remedy) {
    return new Diagnosis(Level.WARNING, what, where.toString(), remedy);
  }

  /** Something that does not work. */
  public static Diagnosis problem(String what, Object where, String remedy) {
    return new Diagnosis(Level.PROBLEM, what, where.toString(), remedy);
  }
}
