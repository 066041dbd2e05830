/** The one memory: the store SPI, and its JDBC implementation. */
@NullMarked
package dev.hookbus.store;

import org.jspecify.annotations.NullMarked;
