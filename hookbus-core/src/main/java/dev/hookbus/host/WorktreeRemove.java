package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A worktree is no longer wanted.
 *
 * @param context what every event tells
 * @param worktreePath where it is
 */
public record WorktreeRemove(HookContext context, @Nullable String worktreePath)
    implements HookEvent, AnsweredBy<NoAnswer> {}
