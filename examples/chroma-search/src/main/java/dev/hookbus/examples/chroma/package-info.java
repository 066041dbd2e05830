/** Events of guarded hooks, delivered to Chroma and found again in words. */
@NullMarked
package dev.hookbus.examples.chroma;

import org.jspecify.annotations.NullMarked;
