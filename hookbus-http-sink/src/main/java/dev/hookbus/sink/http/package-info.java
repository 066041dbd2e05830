/** Delivery over HTTP, in the dialects of the receivers we know. */
@NullMarked
package dev.hookbus.sink.http;

import org.jspecify.annotations.NullMarked;
