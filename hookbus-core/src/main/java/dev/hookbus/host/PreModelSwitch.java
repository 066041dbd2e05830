package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * The session is about to go on with another model.
 *
 * @param context what every event tells
 * @param fromModel the model so far
 * @param toModel the model to come
 * @param requestedModel the model that was asked for
 * @param source who asked, such as {@code command} or {@code picker}
 * @param contextTokens tokens of the conversation
 * @param promptCacheWarm whether the conversation is cached
 * @param cacheTtl {@code 5m} or {@code 1h}
 * @param estimatedCacheWriteUsd what caching it anew costs, in US dollars
 * @param pricing where that figure comes from
 */
public record PreModelSwitch(
    HookContext context,
    @Nullable String fromModel,
    @Nullable String toModel,
    @Nullable String requestedModel,
    @Nullable String source,
    @Nullable Long contextTokens,
    @Nullable Boolean promptCacheWarm,
    @Nullable String cacheTtl,
    @Nullable Double estimatedCacheWriteUsd,
    @Nullable String pricing)
    implements HookEvent, AnsweredBy<PreModelSwitchAnswer> {}
