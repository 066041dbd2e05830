package dev.hookbus.sink.chroma;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server answered, and it was no success. Any other {@link IOException} is no answer. */
final class ChromaFaultException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_REASON = 300;

  private final Fault fault;
  private final transient @Nullable Duration retryAfter;

  ChromaFaultException(Fault fault, String reason, @Nullable Duration retryAfter) {
    super(reason);
    this.fault = fault;
    this.retryAfter = retryAfter;
  }

  static ChromaFaultException misconfigured(String reason) {
    return new ChromaFaultException(Fault.MISCONFIGURED, reason, null);
  }

  /** What that answer means. */
  static ChromaFaultException of(int status, String message, @Nullable Duration retryAfter) {
    // The server checks all records before it stores one, so this is nobody's record's fault.
    boolean wrongDimension = message.contains("expecting embedding with dimension");
    Fault fault = wrongDimension ? Fault.MISCONFIGURED : Fault.ofStatus(status);
    return new ChromaFaultException(
        fault, oneLine("HTTP " + status + meaning(status) + detail(message)), retryAfter);
  }

  Fault fault() {
    return fault;
  }

  /** The pause the server asked for, or null. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** One line that names the failure, for a status table. */
  static String describe(IOException e) {
    if (e instanceof ChromaFaultException && e.getMessage() != null) {
      return e.getMessage();
    }
    return e.getClass().getSimpleName(); // messages of the JDK may quote headers
  }

  private static String meaning(int status) {
    return switch (status) {
      case 401, 403 -> " (the credentials, tenant or database are refused)";
      case 404 -> " (no such collection, or no REST v2: Chroma 1.0 or newer is needed)";
      case 410, 501 -> " (this server does not speak what is needed: Chroma 1.0 or newer, REST v2)";
      case 413 -> " (too large)";
      case 500 -> " (the disk is full, or the collection is damaged)";
      default -> "";
    };
  }

  private static String detail(String message) {
    return message.isEmpty() ? "" : ": " + message;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
  }
}
