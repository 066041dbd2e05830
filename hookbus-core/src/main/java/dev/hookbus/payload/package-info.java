/** What may be kept of a payload: redaction, then bounding, then hashing and compression. */
@NullMarked
package dev.hookbus.payload;

import org.jspecify.annotations.NullMarked;
