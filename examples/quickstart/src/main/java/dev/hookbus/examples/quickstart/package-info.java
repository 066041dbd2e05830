/** A hook that tracks tool calls: one process per call, guarded, recorded, run once. */
@NullMarked
package dev.hookbus.examples.quickstart;

import org.jspecify.annotations.NullMarked;
