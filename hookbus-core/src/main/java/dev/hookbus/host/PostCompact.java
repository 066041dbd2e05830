package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * The conversation was summarised.
 *
 * @param context what every event tells
 * @param trigger {@code manual} or {@code auto}
 * @param compactSummary the summary
 */
public record PostCompact(
    HookContext context, @Nullable String trigger, @Nullable String compactSummary)
    implements HookEvent, AnsweredBy<NoAnswer> {}
