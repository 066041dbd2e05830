package dev.hookbus.install;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hook to install.
 *
 * @param name of its command: letters, digits, dots, dashes and underscores
 * @param mainClass the class that is started
 * @param event the host's event, such as {@code PreToolUse}
 * @param matcher which tools, sources or the like; null for all
 * @param timeoutSeconds how long the host waits for it
 * @param failClosed whether the host blocks what the hook could not answer
 * @param arguments first arguments of the program
 */
public record HookSpec(
    String name,
    String mainClass,
    String event,
    @Nullable String matcher,
    int timeoutSeconds,
    boolean failClosed,
    List<String> arguments) {

  /** Copies the arguments. */
  public HookSpec {
    arguments = List.copyOf(arguments);
  }
}
