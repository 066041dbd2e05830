package dev.hookbus.host;

/**
 * Ties an event to the answers its host accepts.
 *
 * @param <A> the answers
 */
public interface AnsweredBy<A extends HookAnswer> {}
