/** Files and directories that are their owner's alone. */
@NullMarked
package dev.hookbus.files;

import org.jspecify.annotations.NullMarked;
