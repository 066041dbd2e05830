package dev.hookbus.store;

import java.util.Locale;

/**
 * Where a shared store is: a JDBC URL of PostgreSQL. What it says of users and passwords is never
 * shown.
 */
public final class StoreUrl {

  private static final String POSTGRESQL = "jdbc:postgresql:";

  private final String jdbc;

  private StoreUrl(String jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Checks a URL such as {@code jdbc:postgresql://db.example.org/hookbus?user=hooks}.
   *
   * @throws IllegalArgumentException saying what a URL must look like, without the given one
   */
  public static StoreUrl of(String jdbc) {
    if (!jdbc.toLowerCase(Locale.ROOT).startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException("takes a URL that starts with " + POSTGRESQL);
    }
    if (beforeParameters(jdbc).indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "takes user and password as parameters (?user=…&password=…), not before the host");
    }
    return new StoreUrl(POSTGRESQL + jdbc.substring(POSTGRESQL.length()));
  }

  /** The whole URL, with its secrets: for the driver alone. */
  String jdbc() {
    return jdbc;
  }

  /** The URL without its parameters. */
  @Override
  public String toString() {
    return beforeParameters(jdbc);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoreUrl that && jdbc.equals(that.jdbc);
  }

  @Override
  public int hashCode() {
    return jdbc.hashCode();
  }

  private static String beforeParameters(String url) {
    int end = url.indexOf('?');
    return end < 0 ? url : url.substring(0, end);
  }
}
