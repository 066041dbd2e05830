package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A session begins or goes on.
 *
 * @param context what every event tells
 * @param source {@code startup}, {@code resume}, {@code clear}, {@code compact} or {@code fork}
 * @param model the model; not always known by then
 * @param sessionTitle the session's title
 * @param secondsSinceLastResponse seconds since the model last answered, for sessions that go on
 * @param contextTokens tokens of the conversation so far
 * @param promptCacheLikelyExpired whether the next prompt will probably be paid in full
 * @param estimatedCacheWriteUsd what that would cost, in US dollars
 */
public record SessionStart(
    HookContext context,
    @Nullable String source,
    @Nullable String model,
    @Nullable String sessionTitle,
    @Nullable Long secondsSinceLastResponse,
    @Nullable Long contextTokens,
    @Nullable Boolean promptCacheLikelyExpired,
    @Nullable Double estimatedCacheWriteUsd)
    implements HookEvent, AnsweredBy<SessionStartAnswer> {}
