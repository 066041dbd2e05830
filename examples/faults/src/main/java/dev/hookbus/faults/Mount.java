package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory with a size of its own; needs the right to mount. */
final class Mount implements AutoCloseable {

  private final Path directory;
  private final Thread atExit = new Thread(this::unmount);

  private Mount(Path directory) {
    this.directory = directory;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Why this machine can't mount; empty if it can. */
  static String obstacle() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("hookbus-mount");
    String failure = mount(directory, 1);
    if (failure.isEmpty()) {
      failure = Shell.run("umount", directory.toString());
    }
    Files.delete(directory);
    return failure.isEmpty() ? "" : "a tmpfs can't be mounted here: " + failure;
  }

  /** Mounts that many megabytes of memory on a directory. */
  static Mount on(Path directory, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    String failure = mount(directory, megabytes);
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
    return new Mount(directory);
  }

  private static String mount(Path directory, int megabytes) throws InterruptedException {
    return Shell.run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "mode=700,size=" + megabytes + "m",
        "tmpfs",
        directory.toString());
  }

  @Override
  public void close() {
    unmount();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void unmount() {
    try {
      Shell.run("umount", "-l", directory.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
