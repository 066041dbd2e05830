/**
 * Commands that agent hosts start: launcher scripts that reach Java fast and hand it exactly what
 * the host gave.
 */
@NullMarked
package dev.hookbus.launch;

import org.jspecify.annotations.NullMarked;
