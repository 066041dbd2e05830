package dev.hookbus.launch;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory of commands for an agent host: {@code bin/} holds the commands, {@code lib/} the jars
 * they need, {@code prepared/} what makes them start faster. A command is a POSIX {@code sh} script
 * that becomes the Java process by {@code exec}: stdin, stdout, the working directory, signals and
 * the exit code are the program's own. It works from any working directory, without a locale, and
 * with any characters in its paths.
 *
 * <pre>{@code
 * Launchers launchers = Launchers.in(Path.of("/opt/hooks"));
 * Path command =
 *     launchers.write(
 *         Launcher.of("post_tool", "com.acme.PostTool", List.of(Path.of("acme-hooks.jar"))));
 * }</pre>
 *
 * <p>Linux, macOS and other POSIX systems only.
 */
public interface Launchers {

  /**
   * The commands in {@code directory}, started by the Java that runs this code.
   *
   * @param directory made when the first command is written
   */
  static Launchers in(Path directory) {
    return new DirectoryLaunchers(directory, JavaRuntime.current());
  }

  /**
   * The same directory, with commands started by another Java.
   *
   * @param javaHome the directory that holds {@code bin/java}
   * @throws LaunchException if there is no Java 17 or newer
   */
  Launchers withJava(Path javaHome) throws LaunchException;

  /**
   * Writes a command, or replaces it; calls that are running go on undisturbed.
   *
   * @return the script, absolute
   * @throws LaunchException if the name, a path or a jar can't be used
   * @throws IOException if a file can't be written; the command that was there stays
   */
  @CanIgnoreReturnValue
  Path write(Launcher launcher) throws IOException;

  /**
   * How a command starts.
   *
   * @throws IOException if there is none of this name
   */
  StartLevel level(String name) throws IOException;

  /** Whether what a command was prepared with, the file of its classes, is still there. */
  boolean hasArchive(String name) throws IOException;

  /** Where the command of this name is, or would be. */
  Path command(String name);

  /**
   * Removes a command; jars that others may need stay.
   *
   * @return whether it was there
   */
  @CanIgnoreReturnValue
  boolean remove(String name) throws IOException;
}
