package dev.hookbus.resident;

import dev.hookbus.launch.LaunchedCommand;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.Callable;

/**
 * The programs of the commands: each class path has a class loader, which stays, so that classes
 * are loaded and compiled once. The library itself and what it needs are this process's own.
 */
final class Programs {

  /** Commands that were written anew have new class paths; the old ones are not called any more. */
  private static final int MOST = 32;

  private final Set<String> ownJars = new HashSet<>();
  private final Map<List<Path>, ClassLoader> loaders =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Path>, ClassLoader> eldest) {
          return size() > MOST;
        }
      };

  Programs() {
    StringTokenizer own =
        new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
    while (own.hasMoreTokens()) {
      ownJars.add(fileName(Path.of(own.nextToken())));
    }
  }

  /** The jar that this class is from. */
  String library() {
    CodeSource source = Programs.class.getProtectionDomain().getCodeSource();
    return source == null ? "" : Path.of(URI.create(source.getLocation().toString())).toString();
  }

  /** The main method of a command. */
  Callable<Void> main(LaunchedCommand command, String[] arguments) throws IOException {
    ClassLoader loader = loader(command.classPath());
    return () -> {
      Thread.currentThread().setContextClassLoader(loader);
      Method main =
          Class.forName(command.mainClass(), true, loader).getMethod("main", String[].class);
      main.setAccessible(true);
      try {
        main.invoke(null, (Object) arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw e;
      }
      return null;
    };
  }

  /**
   * Loads the classes of a command anew from the next call on: one that could not be initialised
   * stays broken where it is, and a process of its own would try again.
   *
   * @return whether that is possible; classes of this process itself stay
   */
  synchronized boolean forget(LaunchedCommand command) {
    return loaders.remove(command.classPath()) instanceof URLClassLoader;
  }

  private synchronized ClassLoader loader(List<Path> classPath) throws IOException {
    ClassLoader known = loaders.get(classPath);
    if (known != null) {
      return known;
    }
    List<URL> jars = new ArrayList<>();
    for (Path jar : classPath) {
      // Their names tell their content.
      if (!ownJars.contains(fileName(jar))) {
        jars.add(jar.toUri().toURL());
      }
    }
    ClassLoader own = Programs.class.getClassLoader();
    ClassLoader loader = jars.isEmpty() ? own : new URLClassLoader(jars.toArray(new URL[0]), own);
    loaders.put(classPath, loader);
    return loader;
  }

  private static String fileName(Path jar) {
    return String.valueOf(jar.getFileName());
  }
}
