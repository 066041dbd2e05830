/**
 * Decides whether an agent may do what it is about to do: run a command, touch a file, take a
 * prompt. Start at {@link dev.hookbus.policy.Policy}.
 *
 * <p>A policy looks at what is written, not at what will happen. {@code docs/policy.md} says what
 * it cannot see.
 */
@NullMarked
package dev.hookbus.policy;

import org.jspecify.annotations.NullMarked;
