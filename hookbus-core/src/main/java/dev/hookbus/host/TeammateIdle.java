package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A member of a team has nothing left to do.
 *
 * @param context what every event tells
 * @param teammateName who
 * @param teamName the team
 */
public record TeammateIdle(
    HookContext context, @Nullable String teammateName, @Nullable String teamName)
    implements HookEvent, AnsweredBy<TeamAnswer> {}
