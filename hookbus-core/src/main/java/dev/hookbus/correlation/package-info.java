/**
 * Who is calling, in which run: correlation IDs, run IDs, {@code traceparent}, MDC and propagation.
 */
@NullMarked
package dev.hookbus.correlation;

import org.jspecify.annotations.NullMarked;
