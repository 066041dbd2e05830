package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * The user, or a machine in their place, has sent a prompt.
 *
 * @param context what every event tells
 * @param prompt its text; empty if the host left it out
 * @param source who sent it, such as {@code user} or {@code sdk}; often left out
 * @param sessionTitle the session's title
 */
public record UserPromptSubmit(
    HookContext context, String prompt, @Nullable String source, @Nullable String sessionTitle)
    implements HookEvent, AnsweredBy<UserPromptSubmitAnswer> {}
