package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A task was put on the list.
 *
 * @param context what every event tells
 * @param taskId the task
 * @param taskSubject its headline
 * @param taskDescription what is to be done
 * @param teammateName who does it
 * @param teamName the team
 */
public record TaskCreated(
    HookContext context,
    @Nullable String taskId,
    @Nullable String taskSubject,
    @Nullable String taskDescription,
    @Nullable String teammateName,
    @Nullable String teamName)
    implements HookEvent, AnsweredBy<BlockAnswer> {}
