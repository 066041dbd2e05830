package dev.hookbus.install;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A class that is to be a hook: one with a {@code main} method, or one that implements {@code
 * dev.hookbus.host.Hook} or {@code HookHandler} and has a constructor without parameters.
 *
 * @param type its full name
 * @param simpleName its name without package
 * @param runnable whether it has a {@code main} method
 */
public record HookClass(String type, String simpleName, boolean runnable) {

  private static final String LIBRARY_CLASS = "dev/hookbus/host/HookMain.class";
  private static final String HTTP_SINK_CLASS = "dev/hookbus/sink/http/HttpSinkProvider.class";

  /** Whether a jar or a class directory holds this library too, so that it needs no other. */
  public static boolean bringsLibrary(Path entry) {
    return holds(entry, LIBRARY_CLASS);
  }

  /** Whether what runs on these can send events to an endpoint. */
  public static boolean bringHttpSink(List<Path> classPath) {
    for (Path entry : classPath) {
      if (holds(entry, HTTP_SINK_CLASS)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Path entry, String file) {
    if (Files.isDirectory(entry)) {
      return Files.exists(entry.resolve(file));
    }
    try (ZipFile zip = new ZipFile(entry.toFile())) {
      return zip.getEntry(file) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Looks a class up where it will run. None of its code is run.
   *
   * @throws InstallException if it is missing, or can't be a hook
   */
  public static HookClass find(String name, List<Path> classPath) throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = Class.forName(name, false, loader);
      boolean runnable = hasMain(type);
      if (!runnable && !isHook(type)) {
        throw new InstallException(
            name
                + " has no 'public static void main(String[])' and implements neither"
                + " dev.hookbus.host.Hook nor HookHandler");
      }
      return new HookClass(name, type.getSimpleName(), runnable);
    } catch (ClassNotFoundException e) {
      throw new InstallException(
          "there is no class " + name + " in " + shown(classPath) + "; name its jar by --jar");
    } catch (NoClassDefFoundError e) {
      throw new InstallException(
          name + " needs " + e.getMessage() + ", which no jar brings; name its jar by --jar");
    }
  }

  /**
   * This class as a hook of an event.
   *
   * @param matcher which tools or the like; null or empty for all
   * @throws InstallException if the host has no such event, it takes no matcher, or the timeout is
   *     below a second
   */
  public HookSpec spec(
      String event, @Nullable String matcher, int timeoutSeconds, boolean failClosed)
      throws InstallException {
    if (!HostEvents.isKnown(event)) {
      String similar = HostEvents.similar(event);
      throw new InstallException(
          "the host has no event '" + event + "'" + (similar == null ? "" : "; " + similar + "?"));
    }
    boolean all = matcher == null || matcher.isEmpty();
    if (!all && !HostEvents.takesMatcher(event)) {
      throw new InstallException(event + " takes no matcher");
    }
    if (timeoutSeconds < 1) {
      throw new InstallException("a timeout of " + timeoutSeconds + " s ends before a hook starts");
    }
    List<String> arguments = new ArrayList<>();
    if (!runnable) {
      arguments.add(type);
      arguments.addAll(RunHook.deadlineWithin(timeoutSeconds));
      if (failClosed) {
        arguments.add(RunHook.FAIL_CLOSED);
      }
    }
    return new HookSpec(
        commandName(simpleName),
        runnable ? type : RunHook.class.getName(),
        event,
        all ? null : matcher,
        timeoutSeconds,
        failClosed,
        arguments);
  }

  /** {@code NoForcePush} becomes {@code no-force-push}. */
  private static String commandName(String simpleName) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < simpleName.length(); i++) {
      char c = simpleName.charAt(i);
      boolean begins =
          Character.isUpperCase(c) && i > 0 && Character.isLowerCase(simpleName.charAt(i - 1));
      name.append(begins ? "-" : "").append(c);
    }
    return name.toString().toLowerCase(Locale.ROOT).replace('$', '-');
  }

  private static boolean hasMain(Class<?> type) {
    try {
      type.getMethod("main", String[].class);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static boolean isHook(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> implemented : c.getInterfaces()) {
        String name = implemented.getName();
        if (name.equals("dev.hookbus.host.Hook") || name.equals("dev.hookbus.host.HookHandler")) {
          return true;
        }
      }
    }
    return false;
  }

  private static URL[] urls(List<Path> classPath) throws MalformedURLException {
    URL[] urls = new URL[classPath.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath.get(i).toUri().toURL();
    }
    return urls;
  }

  private static String shown(List<Path> classPath) {
    List<String> names = new ArrayList<>();
    for (Path entry : classPath) {
      if (Files.isRegularFile(entry) && names.size() < 5) {
        names.add(String.valueOf(entry.getFileName()));
      }
    }
    return names.isEmpty() ? "the class path" : String.join(", ", names);
  }
}
