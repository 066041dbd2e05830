package dev.hookbus.host;

/**
 * An event this version does not know, or that its host sends under a name no other host has.
 * {@link #name()} tells its name, {@link #json()} holds all of it.
 *
 * @param context what every event tells
 */
public record OtherEvent(HookContext context) implements HookEvent, AnsweredBy<NoAnswer> {}
