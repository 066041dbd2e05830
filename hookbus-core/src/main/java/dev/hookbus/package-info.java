/** The public face: what a hook or agent author types. */
@NullMarked
package dev.hookbus;

import org.jspecify.annotations.NullMarked;
