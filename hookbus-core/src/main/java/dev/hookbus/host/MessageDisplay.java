package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A piece of the agent's answer is shown: often, and with all it says.
 *
 * @param context what every event tells
 * @param turnId the turn
 * @param messageId the message
 * @param index number of the piece
 * @param last whether it is the last one
 * @param delta its text
 */
public record MessageDisplay(
    HookContext context,
    @Nullable String turnId,
    @Nullable String messageId,
    @Nullable Long index,
    boolean last,
    @Nullable String delta)
    implements HookEvent, AnsweredBy<MessageDisplayAnswer> {}
