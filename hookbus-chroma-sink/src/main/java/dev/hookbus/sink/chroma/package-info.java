/** Delivery of events to ChromaDB 1.x over REST v2, and answers back. */
@NullMarked
package dev.hookbus.sink.chroma;

import org.jspecify.annotations.NullMarked;
