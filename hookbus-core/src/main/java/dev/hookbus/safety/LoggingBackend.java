package dev.hookbus.safety;

import java.lang.reflect.Field;
import org.slf4j.LoggerFactory;

/**
 * Whether anybody reads log lines. Most hooks bring no logging backend, and for them SLF4J's search
 * for one takes longer than all that would be logged.
 */
public final class LoggingBackend {

  private static final String PROVIDER = "slf4j.provider";
  private static final String NONE = "org.slf4j.helpers.NOP_FallbackServiceProvider";
  private static final String SERVICE = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

  private static final int NOT_SEARCHED_YET = 0;
  private static final int FOUND_NONE = 4;

  private static final boolean PRESENT = find();

  private LoggingBackend() {}

  /** Whether SLF4J finds a backend; worked out once. */
  public static boolean isPresent() {
    return PRESENT;
  }

  /**
   * Tells SLF4J what it would find out, and complain about, by itself: that there is no backend.
   * Where it can't be told it searches.
   */
  public static void spareTheSearch() {
    if (!PRESENT) {
      Throwable unused =
          Attempt.run(
              new Attempt.Action() {
                @Override
                public void run() throws ReflectiveOperationException {
                  Field state = LoggerFactory.class.getDeclaredField("INITIALIZATION_STATE");
                  state.setAccessible(true);
                  if (state.getInt(null) == NOT_SEARCHED_YET) {
                    state.setInt(null, FOUND_NONE);
                  }
                }
              });
    }
  }

  private static boolean find() {
    String provider = System.getProperty(PROVIDER);
    return provider == null
        ? LoggingBackend.class.getClassLoader().getResource(SERVICE) != null
        : !provider.equals(NONE);
  }
}
