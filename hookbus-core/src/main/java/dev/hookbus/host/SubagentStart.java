package dev.hookbus.host;

/**
 * A subagent begins; {@link #agentId()} and {@link #agentType()} say which.
 *
 * @param context what every event tells
 */
public record SubagentStart(HookContext context) implements HookEvent, AnsweredBy<ContextAnswer> {}
