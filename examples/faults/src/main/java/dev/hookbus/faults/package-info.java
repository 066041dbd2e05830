/** Breaks what HookBus stands on, and counts what was lost. */
@NullMarked
package dev.hookbus.faults;

import org.jspecify.annotations.NullMarked;
