/** What hooks do in a real Claude Code, tried against a model that follows a script. */
@NullMarked
package dev.hookbus.examples.claude;

import org.jspecify.annotations.NullMarked;
