package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A worktree is wanted; the hook makes it, in the place of the host.
 *
 * @param context what every event tells
 * @param worktreeName the name it shall have
 */
public record WorktreeCreate(HookContext context, @Nullable String worktreeName)
    implements HookEvent, AnsweredBy<WorktreeAnswer> {}
