package dev.hookbus.host;

import java.util.List;

/** Which files to watch from now on. */
public final class WatchAnswer extends TypedAnswer<WatchAnswer> {

  private static final WatchAnswer NONE = new WatchAnswer(Reply.NONE);

  private WatchAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: the same as before. */
  public static WatchAnswer none() {
    return NONE;
  }

  /** Asks for a {@link FileChanged} when one of these files changes. */
  public static WatchAnswer watch(List<String> paths) {
    return new WatchAnswer(Reply.NONE.with("watchPaths", List.copyOf(paths)));
  }

  @Override
  WatchAnswer with(Reply reply) {
    return new WatchAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof CwdChanged || event instanceof FileChanged;
  }
}
