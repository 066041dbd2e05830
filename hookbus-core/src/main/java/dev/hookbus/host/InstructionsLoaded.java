package dev.hookbus.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of instructions was read. May come before {@link SessionStart}.
 *
 * @param context what every event tells
 * @param filePath the file
 * @param memoryType whose instructions they are
 * @param loadReason why, such as {@code session_start}
 * @param globs the patterns that asked for it
 * @param triggerFilePath the file that matched
 * @param parentFilePath the file that includes it
 */
public record InstructionsLoaded(
    HookContext context,
    @Nullable String filePath,
    @Nullable String memoryType,
    @Nullable String loadReason,
    List<String> globs,
    @Nullable String triggerFilePath,
    @Nullable String parentFilePath)
    implements HookEvent, AnsweredBy<NoAnswer> {

  /** Copies the lists. */
  public InstructionsLoaded {
    globs = List.copyOf(globs);
  }
}
