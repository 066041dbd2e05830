package dev.hookbus.store;

import dev.hookbus.safety.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
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
   * @param directory used only if nobody else can put files there, for this is code
   */
  static synchronized void prepare(Path directory) {
    if (System.getProperty(PATH_PROPERTY) == null) {
      Attempt.run(() -> unpackOnce(directory));
    }
  }

  /** Whether nobody but this user can put files there. */
  private static boolean isPrivate(Path directory) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.isDirectory()
        && attributes.owner().getName().equals(System.getProperty("user.name"))
        && !attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static void unpackOnce(Path directory) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    Path unpackedOnes = directory.resolve("native");
    Path home = unpackedOnes.resolve(SQLiteJDBCLoader.getVersion() + resource.replace('/', '-'));
    Path library = home.resolve(name);
    if (!isPrivate(directory)) {
      return;
    }
    Files.createDirectories(home);
    if (!isPrivate(unpackedOnes) || !isPrivate(home)) {
      return;
    }
    if (!Files.exists(library)) {
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
