/** The commands {@code query}, {@code search} and {@code erase}. */
@NullMarked
package dev.hookbus.sink.chroma.cli;

import org.jspecify.annotations.NullMarked;
