package dev.hookbus.launch;

import dev.hookbus.idempotency.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client of the resident process that is made where the machine has a C compiler. */
final class ResidentClient {

  private static final String SOURCE = "client.c";

  /** What it says when it is started with nothing to do. */
  private static final int USAGE = 64;

  private static final long PATIENCE_SECONDS = 60;

  private ResidentClient() {}

  /** The client in a directory, made if it is not there; {@code null} if it can't be made. */
  static @Nullable Path madeIn(Path directory) throws IOException {
    byte[] source = source();
    String hash = HexFormat.of().formatHex(Sha256.digest(source, 0, source.length), 0, 8);
    Path client = directory.resolve("client-" + hash);
    if (Files.exists(client)) {
      return client;
    }
    Path workshop = Files.createTempDirectory(directory, ".client-");
    Path text = workshop.resolve(SOURCE);
    Path made = workshop.resolve("client");
    try {
      Files.write(text, source);
      if (exitCode(List.of("cc", "-std=c11", "-O2", "-o", made.toString(), text.toString())) != 0
          || exitCode(List.of(made.toString())) != USAGE) {
        return null;
      }
      return Files.move(made, client, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(made);
      Files.deleteIfExists(text);
      Files.delete(workshop);
    }
  }

  private static byte[] source() throws IOException {
    try (InputStream in = ResidentClient.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new LaunchException("the library's jar lacks " + SOURCE);
      }
      return in.readAllBytes();
    }
  }

  /** How a program ended; -1 if it could not be started, or did not end. */
  private static int exitCode(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
    } catch (IOException noCompiler) {
      // Then the script's own way has to do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return -1;
  }
}
