package dev.hookbus.policy;

/** What is said about a path that is none. */
final class PathProblem {

  private PathProblem() {}

  static Opinion opinion() {
    return Opinion.deny("The path is no path of this system, so it can't be checked.");
  }
}
