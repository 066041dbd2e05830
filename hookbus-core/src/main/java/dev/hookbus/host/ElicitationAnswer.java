package dev.hookbus.host;

import dev.hookbus.json.JsonValue;

/** What an MCP server is told in the place of the user. */
public final class ElicitationAnswer extends TypedAnswer<ElicitationAnswer> {

  private static final ElicitationAnswer NONE = new ElicitationAnswer(Reply.NONE);

  private ElicitationAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: the user decides. */
  public static ElicitationAnswer none() {
    return NONE;
  }

  /**
   * Gives what is asked for.
   *
   * @param content an object that follows the schema of the request
   */
  public static ElicitationAnswer accept(JsonValue content) {
    return new ElicitationAnswer(Reply.of(Reply.ACCEPT, null).with("content", content));
  }

  /** Refuses it. */
  public static ElicitationAnswer decline() {
    return new ElicitationAnswer(Reply.of(Reply.DECLINE, null));
  }

  /** Says that nobody answers. */
  public static ElicitationAnswer cancel() {
    return new ElicitationAnswer(Reply.of(Reply.CANCEL, null));
  }

  @Override
  ElicitationAnswer with(Reply reply) {
    return new ElicitationAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof Elicitation || event instanceof ElicitationResult;
  }
}
