/**
 * Hook processes: the protocols of agent hosts, typed. Reads what a host says on standard input,
 * runs a handler inside a guard, and answers on standard output so that no verdict gets lost.
 *
 * <p>{@link dev.hookbus.host.HookMain} is where to begin, {@link dev.hookbus.host.HookTester} is
 * for tests.
 */
@NullMarked
package dev.hookbus.host;

import org.jspecify.annotations.NullMarked;
