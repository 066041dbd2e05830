package dev.hookbus;

import org.jspecify.annotations.Nullable;

/**
 * What the host said about one call. Everything is optional; the more is known, the better calls
 * can be joined and told apart.
 *
 * <pre>{@code
 * Invocation call =
 *     Invocation.ofSession("7d1c0b52").withTool("Edit").withToolUseId("toolu_01A").withPayload("{}");
 * }</pre>
 *
 * @param sessionId the host's session, or {@code null} for the environment's
 * @param tool the tool, or {@code null} for the guard's
 * @param toolUseId the host's ID of this tool call, or {@code null}; gives the events before and
 *     after one tool call the same correlation ID
 * @param payload what the host sent, or {@code null}: text, UTF-8 bytes, a stream or reader, which
 *     is consumed, or any object Jackson can write. It is redacted, bounded and hashed; the body
 *     still sees the original.
 * @param retryToken names the call for whoever tries it again, or {@code null}; see {@link
 *     #withRetryToken}
 */
public record Invocation(
    @Nullable String sessionId,
    @Nullable String tool,
    @Nullable String toolUseId,
    @Nullable Object payload,
    @Nullable String retryToken) {

  private static final Invocation UNKNOWN = new Invocation(null, null, null, null, null);

  /** Nothing is known. */
  public static Invocation unknown() {
    return UNKNOWN;
  }

  /** A call in this session. */
  public static Invocation ofSession(@Nullable String sessionId) {
    return new Invocation(sessionId, null, null, null, null);
  }

  /** The same call, of this tool. */
  public Invocation withTool(@Nullable String tool) {
    return new Invocation(sessionId, tool, toolUseId, payload, retryToken);
  }

  /** The same call, with the host's ID of it. */
  public Invocation withToolUseId(@Nullable String toolUseId) {
    return new Invocation(sessionId, tool, toolUseId, payload, retryToken);
  }

  /** The same call, with what the host sent. */
  public Invocation withPayload(@Nullable Object payload) {
    return new Invocation(sessionId, tool, toolUseId, payload, retryToken);
  }

  /**
   * The same call, named so that it can be tried again: where the process that ran it was killed,
   * another that has the same token gets the unfinished key at once, and need not wait until the
   * lease is over. What is finished stays so. A token belongs to one call, which has one runner at
   * a time; make it of random.
   */
  public Invocation withRetryToken(@Nullable String retryToken) {
    return new Invocation(sessionId, tool, toolUseId, payload, retryToken);
  }

  /** Everything but the payload, which may hold secrets. */
  @Override
  public String toString() {
    return "Invocation[session=" + sessionId + ", tool=" + tool + ", toolUseId=" + toolUseId + "]";
  }
}
