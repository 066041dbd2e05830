package dev.hookbus.launch;

import dev.hookbus.HookBus;
import dev.hookbus.cli.HookBusCli;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Runs commands as a host does, and makes jars for them. */
public final class Commands {

  private static final long PATIENCE_SECONDS = 120;

  private Commands() {}

  /** What became of a command. */
  public record Outcome(int exit, String out, String stderr) {}

  /** Runs a command with nothing in its environment but these variables. */
  public static Outcome run(
      List<String> command, Path directory, Map<String, String> environment, byte[] stdin)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("stderr", null);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.redirectError(err.toFile()).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(stdin);
      } catch (IOException notRead) {
        // Not reading stdin is no error.
      }
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the command does not end");
      }
      return new Outcome(process.exitValue(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** What the command line says to somebody with these variables. */
  public static Outcome hookbus(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    words.addAll(List.of(System.getProperty("java.class.path"), HookBusCli.class.getName()));
    words.addAll(List.of(arguments));
    // Entries of the class path may be relative.
    return run(words, Path.of("").toAbsolutePath(), environment, new byte[0]);
  }

  /** What is wanted, once it is not null. */
  public static <T> T await(Callable<T> wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      T value = wanted.call();
      if (value != null) {
        return value;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    throw new AssertionError("waited in vain");
  }

  /** Makes a jar of these classes and those nested in them. */
  public static Path jar(Path jar, Class<?>... classes) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : classes) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = type.getResourceAsStream("/" + entry)) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }

  /** The library and what it needs to guard a call, as jars. */
  public static List<Path> libraries(Path directory) throws IOException {
    Path core = directory.resolve("hookbus-core.jar");
    Path classes = locationOf(HookBus.class);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(core));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return List.of(
        core,
        locationOf(org.sqlite.core.NativeDB.class),
        locationOf(org.slf4j.Logger.class),
        locationOf(com.fasterxml.jackson.core.JsonFactory.class));
  }

  private static Path locationOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
