package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * The agent stopped because its model could not be asked.
 *
 * @param context what every event tells
 * @param error the kind of failure, such as {@code rate_limit} or {@code server_error}
 * @param errorDetails more about it
 * @param lastAssistantMessage what the agent said last
 */
public record StopFailure(
    HookContext context,
    @Nullable String error,
    @Nullable String errorDetails,
    @Nullable String lastAssistantMessage)
    implements HookEvent, AnsweredBy<NoAnswer> {}
