package dev.hookbus;

import dev.hookbus.config.HookBusConfigException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries calls of an interface to their target, the annotated ones through a guard. */
final class GuardedProxy implements InvocationHandler {

  private final Object target;
  private final Map<Method, GuardedMethod> guarded;

  private GuardedProxy(Object target, Map<Method, GuardedMethod> guarded) {
    this.target = target;
    this.guarded = guarded;
  }

  /**
   * Wraps {@code target}.
   *
   * @throws HookBusConfigException if there is nothing to guard, or an annotation can't work
   */
  static <T> T create(HookBus bus, Class<T> type, T target) {
    if (!type.isInterface()) {
      throw new HookBusConfigException(
          type.getName() + " is no interface; give guarded() the interface its callers use");
    }
    Map<Method, GuardedMethod> guarded = new HashMap<>();
    for (Method method : type.getMethods()) {
      GuardedMethod plan = GuardedMethod.plan(bus, method, target.getClass());
      if (plan != null) {
        guarded.put(method, plan);
      }
    }
    if (guarded.isEmpty()) {
      throw new HookBusConfigException(
          "nothing to guard: annotate a method of "
              + type.getName()
              + ", or the method of "
              + target.getClass().getName()
              + " behind it, with @Guarded");
    }
    GuardedProxy handler = new GuardedProxy(target, Map.copyOf(guarded));
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    if (method.getDeclaringClass() == Object.class && method.getName().equals("equals")) {
      return given[0] == proxy;
    }
    GuardedMethod plan = guarded.get(method);
    return plan == null
        ? callTarget(target, method, given)
        : plan.invoke(given, () -> callTarget(target, method, given));
  }

  /** Calls the target; what it throws goes on as it is, not wrapped by reflection. */
  private static @Nullable Object callTarget(Object target, Method method, Object[] arguments)
      throws Exception {
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof Exception exception ? exception : e;
    }
  }
}
