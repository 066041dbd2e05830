package dev.hookbus.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session begins with. */
public final class SessionStartAnswer extends TypedAnswer<SessionStartAnswer> {

  private static final SessionStartAnswer NONE = new SessionStartAnswer(Reply.NONE);

  private SessionStartAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: nothing. */
  public static SessionStartAnswer none() {
    return NONE;
  }

  /** Tells the model something, and decides nothing. */
  public static SessionStartAnswer context(String text) {
    return NONE.additionalContext(text);
  }

  /** The same, and tells the model something. */
  public SessionStartAnswer additionalContext(@Nullable String text) {
    return with(reply().with(Reply.ADDITIONAL_CONTEXT, text));
  }

  /** The same, and says this in the user's place. */
  public SessionStartAnswer initialUserMessage(String message) {
    return with(reply().with("initialUserMessage", message));
  }

  /** The same, and names the session. */
  public SessionStartAnswer sessionTitle(String title) {
    return with(reply().with("sessionTitle", title));
  }

  /** The same, and asks for a {@link FileChanged} when one of these files changes. */
  public SessionStartAnswer watchPaths(List<String> paths) {
    return with(reply().with("watchPaths", List.copyOf(paths)));
  }

  /** The same, and has skills read again. */
  public SessionStartAnswer reloadSkills() {
    return with(reply().with("reloadSkills", true));
  }

  @Override
  SessionStartAnswer with(Reply reply) {
    return new SessionStartAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof SessionStart;
  }
}
