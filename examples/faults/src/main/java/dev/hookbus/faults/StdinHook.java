package dev.hookbus.faults;

import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.HookMain;

/** A hook that has nothing to say. */
final class StdinHook {

  static final String NAME = "stdin-hook";

  private StdinHook() {}

  /** Reads an event from stdin. */
  public static void main(String[] arguments) {
    HookMain.run(NAME, event -> HookAnswer.none());
  }
}
