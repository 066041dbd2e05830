package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A command of the user was replaced by the prompt it stands for.
 *
 * @param context what every event tells
 * @param prompt the text as typed; empty if the host left it out
 * @param expansionType {@code slash_command} or {@code mcp_prompt}
 * @param commandName the command's name
 * @param commandArgs what follows the name
 * @param commandSource where the command is defined
 */
public record UserPromptExpansion(
    HookContext context,
    String prompt,
    @Nullable String expansionType,
    @Nullable String commandName,
    @Nullable String commandArgs,
    @Nullable String commandSource)
    implements HookEvent, AnsweredBy<UserPromptExpansionAnswer> {}
