package dev.hookbus.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and directories that nobody but their owner can look into, where the file system knows
 * owners. What is made gets its rights at its first moment; what exists keeps those it has.
 */
public final class PrivateFiles {

  /** Owned by whoever runs this process. */
  private static final Path SELF = Path.of("/proc/self");

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

  private PrivateFiles() {}

  /** Makes a directory with mode 0700, and those above it, unless it is there. */
  public static void createDirectories(Path directory) throws IOException {
    // By itself Java 17 takes a link to a directory for something in the way.
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, mode(directory, "rwx------"));
    }
  }

  /** Makes an empty file with mode 0600; it must not be there. */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, mode(file, "rw-------"));
  }

  /** Opens a file; one that is made gets mode 0600. */
  public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    return FileChannel.open(file, options, mode(file, "rw-------"));
  }

  /**
   * Where a user without a home directory keeps files. It lies in Java's temporary directory, where
   * others can make it first: nothing in it may be used before {@link #claim} or {@link
   * #requireOwn}.
   */
  public static Path temporaryHome() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "hookbus-" + user());
  }

  /**
   * Makes a directory with mode 0700, or makes sure that one which is there is this user's alone.
   *
   * @throws IOException saying what is wrong with it
   */
  public static void claim(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      createDirectories(directory);
    }
    requireOwn(directory);
  }

  /**
   * Makes sure that nobody else can have put anything into a directory. Where the file system knows
   * no owners, as on Windows, whose temporary directory is each user's own, every directory will
   * do.
   *
   * @throws IOException if it is not there, is a link, or is not this user's alone
   */
  public static void requireOwn(Path directory) throws IOException {
    if (!knowsOwners(directory)) {
      return;
    }
    PosixFileAttributes attributes =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isDirectory()) {
      throw new IOException(directory + " is no directory");
    }
    if (!isOwn(directory, attributes)) {
      throw new IOException(directory + " belongs to another user");
    }
    if (!OWNERS.containsAll(attributes.permissions())) {
      throw new IOException(directory + " is open to other users; it must have mode 0700");
    }
  }

  /**
   * Whether nobody but this user can put files into a directory; others may look into it. {@code
   * false} where the file system knows no owners.
   *
   * @throws IOException if it is not there
   */
  public static boolean onlyOwnerWrites(Path directory) throws IOException {
    if (!knowsOwners(directory)) {
      return false;
    }
    PosixFileAttributes attributes =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Set<PosixFilePermission> permissions = attributes.permissions();
    return attributes.isDirectory()
        && isOwn(directory, attributes)
        && !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Not by {@code user.name}, which a user has not whom only a container's command line knows. */
  private static boolean isOwn(Path directory, PosixFileAttributes attributes) throws IOException {
    return attributes.owner().equals(self(directory));
  }

  private static UserPrincipal self(Path directory) throws IOException {
    return Files.exists(SELF)
        ? Files.getOwner(SELF)
        : directory
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
  }

  /** The number, because a user without a home often has no name either. */
  private static String user() {
    try {
      return Files.getAttribute(SELF, "unix:uid").toString();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException noNumber) {
      return System.getProperty("user.name");
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return knowsOwners(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : NO_ATTRIBUTES;
  }

  private static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
