/** Delivery: the sink SPI, when to try again, and the JSONL file sink. */
@NullMarked
package dev.hookbus.sink;

import org.jspecify.annotations.NullMarked;
