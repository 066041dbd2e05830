package dev.hookbus.safety;

/**
 * Whether anybody reads log lines. Most hooks bring no logging backend, and for them SLF4J's search
 * for one takes longer than all that would be logged.
 */
public final class LoggingBackend {

  private static final String PROVIDER = "slf4j.provider";
  private static final String NONE = "org.slf4j.helpers.NOP_FallbackServiceProvider";
  private static final String SERVICE = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

  private static final boolean PRESENT = find();

  private LoggingBackend() {}

  /** Whether SLF4J finds a backend; worked out once. */
  public static boolean isPresent() {
    return PRESENT;
  }

  /**
   * Tells SLF4J what it would find out, and complain about, by itself: that there is no backend.
   */
  public static void spareTheSearch() {
    if (!PRESENT && System.getProperty(PROVIDER) == null) {
      System.setProperty(PROVIDER, NONE);
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
  }

  private static boolean find() {
    String provider = System.getProperty(PROVIDER);
    return provider == null
        ? LoggingBackend.class.getClassLoader().getResource(SERVICE) != null
        : !provider.equals(NONE);
  }
}
