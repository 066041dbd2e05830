/** Benchmarks, each beside a yardstick measured in the same run. */
@NullMarked
package dev.hookbus.benchmarks;

import org.jspecify.annotations.NullMarked;
