/** Flags and settings, from the environment, system properties or a builder. */
@NullMarked
package dev.hookbus.config;

import org.jspecify.annotations.NullMarked;
