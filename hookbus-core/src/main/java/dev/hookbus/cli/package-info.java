/** The command line: a window on the store for people and scripts. */
@NullMarked
package dev.hookbus.cli;

import org.jspecify.annotations.NullMarked;
