/** Run-once: key hashing, claims, leases, fences and their outcomes. */
@NullMarked
package dev.hookbus.idempotency;

import org.jspecify.annotations.NullMarked;
