/** The event envelope, schema 1.0: what HookBus tells the world about a run, and its JSON. */
@NullMarked
package dev.hookbus.event;

import org.jspecify.annotations.NullMarked;
