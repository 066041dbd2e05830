/**
 * What keeps HookBus from ever hurting its host: the one wide catch, problem counters, throttled
 * logs.
 */
@NullMarked
package dev.hookbus.safety;

import org.jspecify.annotations.NullMarked;
