package dev.hookbus.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The validators that come with the library. */
public final class Validators {

  private Validators() {}

  /**
   * Denies commands that destroy machines, by the standard decision of each {@link CommandRule}.
   */
  public static Validator commands() {
    return commands(Map.of());
  }

  /**
   * Judges commands.
   *
   * @param changes what is decided otherwise than usual; {@link Decision#ALLOW} switches a rule off
   */
  public static Validator commands(Map<CommandRule, Decision> changes) {
    return new CommandValidator(changes);
  }

  /**
   * Denies writing files directly in the project's root.
   *
   * @param allowed the names that may lie there, exactly
   */
  public static Validator rootFiles(Set<String> allowed) {
    return new RootFileValidator(Set.copyOf(allowed));
  }

  /**
   * Denies any access to files named {@code .env…}, but for samples ({@code .sample}, {@code
   * .example}, {@code .template}, {@code .default}, {@code .dist}).
   *
   * @param writable directories relative to the project in which they may be written, though not
   *     read; {@code .} is the root
   */
  public static Validator envFiles(List<String> writable) {
    return new EnvFileValidator(List.copyOf(writable));
  }

  /**
   * Denies writing test files outside the directories for tests. CI and scripts directories may
   * hold them too.
   *
   * @param directories relative to the project
   */
  public static Validator testPaths(List<String> directories) {
    return new TestPathValidator(List.copyOf(directories));
  }

  /** Denies writing and removing files in those directories, or those files. */
  public static Validator untouchable(List<Path> paths) {
    List<Path> absolute = new ArrayList<>();
    for (Path path : paths) {
      absolute.add(path.toAbsolutePath().normalize());
    }
    return new UntouchableValidator(List.copyOf(absolute));
  }

  /** As {@link #prompts(Map)}, with the standard decisions. */
  public static Validator prompts() {
    return prompts(Map.of());
  }

  /**
   * Denies empty prompts, and prompts of which a line is itself a command that {@link #commands}
   * denies.
   *
   * @param changes as for {@link #commands(Map)}
   */
  public static Validator prompts(Map<CommandRule, Decision> changes) {
    return new PromptValidator(new CommandValidator(changes));
  }
}
