package dev.hookbus.install;

import dev.hookbus.host.Hook;
import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main method of hooks that have none: starts a class that implements {@link Hook} or {@link
 * HookHandler}. The installer writes its arguments.
 */
public final class RunHook {

  static final String FAIL_CLOSED = "--fail-closed";

  private static final String DEADLINE_MILLIS = "--deadline-millis";

  private RunHook() {}

  /**
   * Runs a hook; does not return.
   *
   * @param args the hook's class, {@code --fail-closed} if it is to be, {@code --deadline-millis}
   *     and a number, and what {@link HookMain#arguments} takes
   */
  public static void main(String[] args) {
    String type = args.length == 0 ? "" : args[0];
    HookMain hook = HookMain.named(type.substring(type.lastIndexOf('.') + 1)).arguments(args);
    if (Arrays.asList(args).contains(FAIL_CLOSED)) {
      hook.failClosed();
    }
    int deadline = Arrays.asList(args).indexOf(DEADLINE_MILLIS);
    if (deadline >= 0) {
      hook.usualDeadline(Duration.ofMillis(Long.parseLong(args[deadline + 1])));
    }
    // The class is loaded when the event is there, so that its failure is the hook's failure.
    hook.run(event -> handler(type).handle(event));
  }

  /**
   * Arguments for a hook that the host gives so long at the most: what is left after the deadline
   * is for the start, and for the answer of a hook that has failed.
   */
  static List<String> deadlineWithin(int timeoutSeconds) {
    return List.of(DEADLINE_MILLIS, String.valueOf(timeoutSeconds * 800L));
  }

  /** The deadline that a command was written with, in seconds; null where it has none. */
  static @Nullable Double deadlineIn(String script) {
    String before = "'" + DEADLINE_MILLIS + "' '";
    int start = script.indexOf(before);
    if (start < 0) {
      return null;
    }
    start += before.length();
    return Long.parseLong(script.substring(start, script.indexOf('\'', start))) / 1000.0;
  }

  private static HookHandler handler(String type) throws ReflectiveOperationException {
    // In a resident process the hook's jar has a class loader of its own.
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Constructor<?> constructor = Class.forName(type, true, loader).getDeclaredConstructor();
    constructor.setAccessible(true);
    Object hook = constructor.newInstance();
    return hook instanceof HookHandler handler ? handler : adapted((Hook<?, ?>) hook);
  }

  /** Gives a hook the events it is for; others are none of its business. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the event is of the class that the hook takes
  private static HookHandler adapted(Hook<?, ?> hook) {
    Class<?> taken = eventOf(hook.getClass());
    return event -> taken.isInstance(event) ? ((Hook) hook).handle(event) : HookAnswer.none();
  }

  /** The parameter of the one method {@code handle} that is no bridge. */
  private static Class<?> eventOf(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals("handle")
          && method.getParameterCount() == 1
          && !method.isBridge()) {
        return method.getParameterTypes()[0];
      }
    }
    return HookEvent.class;
  }
}
