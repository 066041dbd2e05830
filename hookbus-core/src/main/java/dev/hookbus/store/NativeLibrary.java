package dev.hookbus.store;

import dev.hookbus.files.PrivateFiles;
import dev.hookbus.safety.Attempt;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.core.NativeDB;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps SQLite's native library unpacked beside the database. By itself the driver unpacks it into
 * the temporary directory at every start, which costs a hook more than its work, and leaves it
 * there whenever the process is killed.
 */
final class NativeLibrary {

  private static final String PATH_PROPERTY = "org.sqlite.lib.path";
  private static final String NAME_PROPERTY = "org.sqlite.lib.name";
  private static final String VERSION = "META-INF/maven/org.xerial/sqlite-jdbc/VERSION";

  private NativeLibrary() {}

  /**
   * Points the driver to the unpacked library, unpacking it first if need be. Whoever has pointed
   * it elsewhere is left alone; if anything fails, the driver helps itself.
   *
   * @param directory used only if nobody else can put files there, for this is code
   */
  static synchronized void prepare(Path directory) {
    if (System.getProperty(PATH_PROPERTY) == null) {
      Attempt.run(
          new Attempt.Action() {
            @Override
            public void run() throws IOException {
              unpackOnce(directory);
            }
          });
    }
  }

  private static void unpackOnce(Path directory) throws IOException {
    // Named by what is known for nothing; which library fits is worth finding out only once.
    String name = System.mapLibraryName("sqlitejdbc");
    Path unpackedOnes = directory.resolve("native");
    Path home =
        unpackedOnes.resolve(
            version() + "-" + System.getProperty("os.name") + "-" + System.getProperty("os.arch"));
    Path library = home.resolve(name);
    if (!PrivateFiles.onlyOwnerWrites(directory)) {
      return;
    }
    boolean unpackedAlready = library.toFile().exists();
    if (!unpackedAlready) {
      Files.createDirectories(home);
    }
    if (!PrivateFiles.onlyOwnerWrites(unpackedOnes) || !PrivateFiles.onlyOwnerWrites(home)) {
      return;
    }
    if (unpackedAlready || unpack(home, library)) {
      System.setProperty(PATH_PROPERTY, home.toString());
      System.setProperty(NAME_PROPERTY, name);
    }
  }

  private static boolean unpack(Path home, Path library) throws IOException {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    Path unpacked = Files.createTempFile(home, "unpacking", null);
    try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (packed == null) {
        return false;
      }
      Files.copy(packed, unpacked, StandardCopyOption.REPLACE_EXISTING);
      // Another process may do the same at this moment; either file is whole.
      Files.move(unpacked, library, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(unpacked);
    }
  }

  /** The driver's own way to its version goes by a regular expression, and over a connection. */
  private static String version() throws IOException {
    CodeSource source = NativeDB.class.getProtectionDomain().getCodeSource();
    String place = source == null ? "" : source.getLocation().toString();
    if (place.startsWith("file:") && place.endsWith(".jar")) {
      try (ZipFile jar = new ZipFile(new File(URI.create(place)))) {
        ZipEntry entry = jar.getEntry(VERSION);
        if (entry != null) {
          byte[] text = jar.getInputStream(entry).readAllBytes();
          return new String(text, StandardCharsets.UTF_8).strip().replace("version=", "");
        }
      }
    }
    return SQLiteJDBCLoader.getVersion();
  }
}
