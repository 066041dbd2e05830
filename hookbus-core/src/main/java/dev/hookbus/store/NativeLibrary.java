package dev.hookbus.store;

import dev.hookbus.safety.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps SQLite's native library unpacked beside the database. By itself the driver unpacks it into
 * the temporary directory at every start, which costs a hook more than its work, and leaves it
 * there whenever the process is killed.
 */
final class NativeLibrary {

  private static final String PATH_PROPERTY = "org.sqlite.lib.path";
  private static final String NAME_PROPERTY = "org.sqlite.lib.name";

  private NativeLibrary() {}

  /**
   * Points the driver to the unpacked library, unpacking it first if need be. Whoever has pointed
   * it elsewhere is left alone; if anything fails, the driver helps itself.
   *
   * @param directory private to the user, for nobody else may put code there
   */
  static synchronized void prepare(Path directory) {
    if (System.getProperty(PATH_PROPERTY) == null) {
      Attempt.run(() -> unpackOnce(directory));
    }
  }

  private static void unpackOnce(Path directory) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    Path home =
        directory
            .resolve("native")
            .resolve(SQLiteJDBCLoader.getVersion() + resource.replace('/', '-'));
    Path library = home.resolve(name);
    if (!Files.exists(library)) {
      Files.createDirectories(home);
      Path unpacked = Files.createTempFile(home, "unpacking", null);
      try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
        if (packed == null) {
          return;
        }
        Files.copy(packed, unpacked, StandardCopyOption.REPLACE_EXISTING);
        // Another process may do the same at this moment; either file is whole.
        Files.move(unpacked, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unpacked);
      }
    }
    System.setProperty(PATH_PROPERTY, home.toString());
    System.setProperty(NAME_PROPERTY, name);
  }
}
