package dev.hookbus.sink;

/**
 * A key, token or password that a sink sends and nobody else may see: only {@link #reveal} shows
 * it, and where it is printed or joined to a text it reads {@code ***}.
 *
 * <pre>{@code
 * String flag = "HOOKBUS_ACME_TOKEN";
 * Secret bearer = Secret.forHeader(flag, System.getenv(flag)).after("Bearer ");
 * }</pre>
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * A secret that can stand in a header. HTTP clients quote one that can't in their errors.
   *
   * @param setting the flag or the builder's setting it came by
   * @throws SinkConfigurationException naming the setting, if the value is not {@linkplain
   *     #isPrintable printable}
   */
  public static Secret forHeader(String setting, String value) {
    if (!isPrintable(value)) {
      throw new SinkConfigurationException(setting, "must be printable ASCII and not empty");
    }
    return new Secret(value);
  }

  /** Whether a text is one word of printable ASCII, without spaces. */
  public static boolean isPrintable(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  /** The same secret behind a text that everybody knows, such as {@code "Bearer "}. */
  public Secret after(String prefix) {
    return new Secret(prefix + value);
  }

  /** The value itself. Call it where it is sent, and keep it nowhere. */
  public String reveal() {
    return value;
  }

  /** Three stars, whatever the value. */
  @Override
  public String toString() {
    return "***";
  }
}
