package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * The conversation is about to be summarised.
 *
 * @param context what every event tells
 * @param trigger {@code manual} or {@code auto}
 * @param customInstructions what the user wants the summary to keep
 */
public record PreCompact(
    HookContext context, @Nullable String trigger, @Nullable String customInstructions)
    implements HookEvent, AnsweredBy<BlockAnswer> {}
