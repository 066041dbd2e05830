/** Hooks for Claude Code: what happens in a session as events, and a policy before it happens. */
@NullMarked
package dev.hookbus.examples.pack;

import org.jspecify.annotations.NullMarked;
