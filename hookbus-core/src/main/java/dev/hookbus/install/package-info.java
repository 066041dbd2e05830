/**
 * Brings hooks to a machine and takes them away again: commands, their environment, and the entries
 * in an agent host's settings. Start at {@link dev.hookbus.install.Installer}.
 */
@NullMarked
package dev.hookbus.install;

import org.jspecify.annotations.NullMarked;
