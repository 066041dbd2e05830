/**
 * The resident process: runs the hooks of its user without starting a Java for each. Commands reach
 * it over a socket and fall back to a process of their own where it is gone, or does not answer.
 */
@NullMarked
package dev.hookbus.resident;

import org.jspecify.annotations.NullMarked;
