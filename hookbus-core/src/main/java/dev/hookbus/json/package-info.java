/**
 * Small JSON: strict reading of bounded documents without copying them, and writing. Loads a
 * handful of classes, for code on the path of a hook's start.
 */
@NullMarked
package dev.hookbus.json;

import org.jspecify.annotations.NullMarked;
