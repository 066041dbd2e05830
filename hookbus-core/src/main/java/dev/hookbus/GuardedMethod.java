package dev.hookbus;

import dev.hookbus.annotation.Guarded;
import dev.hookbus.config.HookBusConfigException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How one annotated method is guarded, worked out and checked when the wrapper is made. */
final class GuardedMethod {

  /** What a method gives its callers, and thus what a skipped call can give them. */
  private enum Shape {
    NOTHING,
    VALUE,
    OPTIONAL,
    STAGE
  }

  private final Guard guard;
  private final String category;
  private final int[] keyParameters;
  private final int invocationParameter;
  private final Shape shape;
  private final Type outputType;

  private GuardedMethod(
      Guard guard,
      String category,
      int[] keyParameters,
      int invocationParameter,
      Shape shape,
      Type outputType) {
    this.guard = guard;
    this.category = category;
    this.keyParameters = keyParameters;
    this.invocationParameter = invocationParameter;
    this.shape = shape;
    this.outputType = outputType;
  }

  /**
   * The plan for an interface's method, or {@code null} if neither it nor the target's method is
   * annotated.
   */
  static @Nullable GuardedMethod plan(HookBus bus, Method method, Class<?> targetType) {
    Method annotated = annotated(method, targetType);
    Guarded guarded = annotated.getAnnotation(Guarded.class);
    int[] keyParameters = keyParameters(annotated);
    if (guarded == null) {
      check(
          keyParameters.length == 0 && keyParameters(method).length == 0,
          method,
          "has a @GuardKey parameter but no @Guarded; add it, or remove the parameter's annotation");
      return null;
    }
    Shape shape = shapeOf(method);
    check(
        !method.getReturnType().isPrimitive()
            || shape == Shape.NOTHING
            || keyParameters.length == 0,
        method,
        "returns a primitive, and a skipped duplicate has none to give; return Optional or the"
            + " boxed type");
    check(
        shape != Shape.STAGE || guarded.timeout().isEmpty(),
        method,
        "returns a stage, which no timeout can interrupt; use CompletableFuture.orTimeout in it");
    return new GuardedMethod(
        guard(bus, method, guarded),
        guarded.category().isEmpty() ? guarded.hook() : guarded.category(),
        keyParameters,
        List.of(method.getParameterTypes()).indexOf(Invocation.class),
        shape,
        outputType(method, shape));
  }

  /** Carries one call out. */
  @Nullable Object invoke(Object[] arguments, Callable<@Nullable Object> target) throws Exception {
    if (!(forCall(arguments) instanceof EngineGuard engineGuard)) {
      return target.call();
    }
    GuardKey key = key(arguments);
    return switch (shape) {
      case STAGE ->
          engineGuard.callStage(key, outputType, () -> (CompletionStage<?>) target.call());
      case OPTIONAL -> {
        GuardResult<@Nullable Object> result =
            engineGuard.call(key, outputType, () -> unwrap(target.call()));
        yield Optional.ofNullable(valueOf(result));
      }
      case NOTHING -> {
        yield valueOf(engineGuard.run(key, target::call));
      }
      case VALUE -> valueOf(engineGuard.call(key, outputType, target));
    };
  }

  /** A method that takes an {@link Invocation} says by it what is known of the call. */
  private Guard forCall(Object[] arguments) {
    return invocationParameter >= 0
            && arguments[invocationParameter] instanceof Invocation invocation
        ? guard.with(invocation)
        : guard;
  }

  private GuardKey key(Object[] arguments) {
    if (keyParameters.length == 0) {
      return GuardKey.none();
    }
    Object[] parts = new Object[keyParameters.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = arguments[keyParameters[i]];
    }
    return GuardKey.of(category, parts);
  }

  /** A skipped call gives {@code null}; a timed-out one has nothing to give and says so. */
  private static @Nullable Object valueOf(GuardResult<?> result) {
    return result instanceof GuardResult.Skipped ? null : result.orElseThrow();
  }

  private static @Nullable Object unwrap(@Nullable Object returned) {
    return returned instanceof Optional<?> optional ? optional.orElse(null) : null;
  }

  private static Method annotated(Method method, Class<?> targetType) {
    if (method.isAnnotationPresent(Guarded.class)) {
      return method;
    }
    try {
      return targetType.getMethod(method.getName(), method.getParameterTypes());
    } catch (NoSuchMethodException notPublic) {
      return method;
    }
  }

  private static int[] keyParameters(Method method) {
    List<Integer> indexes = new ArrayList<>();
    Annotation[][] annotations = method.getParameterAnnotations();
    for (int i = 0; i < annotations.length; i++) {
      for (Annotation annotation : annotations[i]) {
        if (annotation instanceof dev.hookbus.annotation.GuardKey) {
          indexes.add(i);
        }
      }
    }
    return indexes.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Shape shapeOf(Method method) {
    Class<?> type = method.getReturnType();
    if (type == void.class) {
      return Shape.NOTHING;
    }
    if (type == Optional.class) {
      return Shape.OPTIONAL;
    }
    if (!CompletionStage.class.isAssignableFrom(type)) {
      return Shape.VALUE;
    }
    check(
        type == CompletionStage.class || type == CompletableFuture.class,
        method,
        "returns a " + type.getSimpleName() + "; return CompletionStage or CompletableFuture");
    return Shape.STAGE;
  }

  private static Type outputType(Method method, Shape shape) {
    Type type = method.getGenericReturnType();
    if ((shape == Shape.OPTIONAL || shape == Shape.STAGE)
        && type instanceof ParameterizedType parameterized) {
      return parameterized.getActualTypeArguments()[0];
    }
    return type;
  }

  private static Guard guard(HookBus bus, Method method, Guarded guarded) {
    Guard.Builder builder = bus.guard(guarded.hook()).event(guarded.event());
    if (!guarded.tool().isEmpty()) {
      builder.tool(guarded.tool());
    }
    setDuration(method, "ttl", guarded.ttl(), builder::ttl);
    setDuration(method, "lease", guarded.lease(), builder::lease);
    setDuration(method, "timeout", guarded.timeout(), builder::timeout);
    if (guarded.failClosed()) {
      builder.failClosed();
    }
    if (guarded.keepKeyOnFailure()) {
      builder.keepKeyOnFailure();
    }
    return builder.build();
  }

  private static void setDuration(
      Method method, String name, String text, Consumer<Duration> setting) {
    if (text.isEmpty()) {
      return;
    }
    try {
      setting.accept(Duration.parse(text));
    } catch (DateTimeParseException e) {
      check(false, method, "has a " + name + " that is no ISO-8601 duration such as PT30S");
    }
  }

  private static void check(boolean holds, Method method, String problem) {
    if (!holds) {
      throw new HookBusConfigException(
          method.getDeclaringClass().getName() + "." + method.getName() + " " + problem);
    }
  }
}
