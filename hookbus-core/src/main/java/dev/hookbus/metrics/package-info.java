/** Latency histograms that merge, reports, health, and the Micrometer binder. */
@NullMarked
package dev.hookbus.metrics;

import org.jspecify.annotations.NullMarked;
