package dev.hookbus.install;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** What tests install hooks from. */
final class Installations {

  private Installations() {}

  /** What this test runs on. */
  static List<Path> classPath() {
    List<Path> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.exists(Path.of(entry))) {
        classPath.add(Path.of(entry));
      }
    }
    return classPath;
  }

  /** The same with every class directory in one jar, as a build would deliver it. */
  static List<Path> jarred(List<Path> classPath, Path jar) throws IOException {
    List<Path> jars = new ArrayList<>(List.of(jar));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path entry : classPath) {
        if (Files.isDirectory(entry)) {
          add(entry, out);
        } else {
          jars.add(entry);
        }
      }
    }
    return jars;
  }

  private static void add(Path directory, JarOutputStream out) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = directory.relativize(file).toString();
        // Services of the tests' own would meet those of the library.
        if (name.startsWith("dev/") || name.startsWith("META-INF/services/dev.")) {
          ZipEntry inJar = new ZipEntry(name);
          inJar.setTime(0);
          out.putNextEntry(inJar);
          Files.copy(file, out);
          out.closeEntry();
        }
      }
    }
  }

  /** Every file below a directory, with its rights and its content. */
  static Map<String, String> snapshot(Path directory) throws IOException {
    Map<String, String> snapshot = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        snapshot.put(
            directory.relativize(file).toString(),
            Files.getPosixFilePermissions(file) + Manifest.hash(Files.readAllBytes(file)));
      }
    }
    return snapshot;
  }
}
