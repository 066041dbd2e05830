package dev.hookbus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Guards a method of an interface, or of the class behind it, once the object is wrapped by {@code
 * HookBus.guarded}. Plain data: by itself it does nothing.
 *
 * <pre>{@code
 * interface Tracker {
 *   @Guarded(hook = "post-tool-tracker", event = "PostToolUse", ttl = "PT1H")
 *   String track(@GuardKey String toolUseId, String input);
 * }
 * }</pre>
 *
 * <p>A parameter of type {@code Invocation} says what is known of the call: session, tool, payload.
 * Durations are ISO-8601 text such as {@code PT30S}; empty means the guard's default.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Guarded {

  /** The hook's name. */
  String hook();

  /** The host's event. */
  String event() default "unknown";

  /** The tool. */
  String tool() default "";

  /** The key's category; the hook's name if empty. */
  String category() default "";

  /** How long completed work is not done again. */
  String ttl() default "";

  /** After which time the key of an owner that died is free. */
  String lease() default "";

  /** After which time the body is interrupted. */
  String timeout() default "";

  /** Whether the body is skipped if the store is unavailable. */
  boolean failClosed() default false;

  /** Whether the key of a failed body stays taken. */
  boolean keepKeyOnFailure() default false;
}
