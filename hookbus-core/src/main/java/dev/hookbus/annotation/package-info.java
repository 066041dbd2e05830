/** The declarative face: annotations that are plain data, read by {@code HookBus.guarded}. */
@NullMarked
package dev.hookbus.annotation;

import org.jspecify.annotations.NullMarked;
