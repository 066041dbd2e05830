package dev.hookbus.payload;

/** How much the redactor removes. */
public enum RedactionMode {
  /** Secrets, personal data, home directories and every IP address. The default. */
  STRICT,
  /** As {@link #STRICT}, but IP addresses of private ranges and host names stay. */
  LENIENT,
  /** Nothing is removed. */
  DISABLED
}
