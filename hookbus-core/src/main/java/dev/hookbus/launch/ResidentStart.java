package dev.hookbus.launch;

import dev.hookbus.idempotency.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * How a command finds the resident process of its library, and starts one where there is none.
 *
 * @param id tells the process that serves this library and Java from any other
 * @param options of the Java of that process
 * @param libraries what it runs on
 * @param command the {@link LaunchedCommand}'s file
 * @param client a program that asks that process, or {@code null} where none could be made
 * @param patience how long that process may take to take a call
 */
record ResidentStart(
    String id,
    List<String> options,
    List<Path> libraries,
    Path command,
    @Nullable Path client,
    Duration patience) {

  /** What client and process say to each other; one more when that changes. */
  private static final String PROTOCOL = "2";

  private static final int ID_BYTES = 8;

  /** In jars that are the library, that it needs, or that add to it for all programs alike. */
  private static final List<String> OF_THE_LIBRARY =
      List.of(
          "dev/hookbus/HookBus.class",
          "META-INF/services/dev.hookbus.sink.SinkProvider",
          "META-INF/services/java.sql.Driver",
          "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
          "org/slf4j/Logger.class",
          "com/fasterxml/jackson/core/JsonFactory.class",
          "com/fasterxml/jackson/databind/ObjectMapper.class",
          "com/fasterxml/jackson/annotation/JsonProperty.class",
          "com/zaxxer/hikari/HikariDataSource.class",
          "io/micrometer/core/instrument/MeterRegistry.class");

  /**
   * A start from the jars of a class path.
   *
   * @throws LaunchException if the library is not among them
   */
  static ResidentStart of(
      List<Path> classPath,
      JavaRuntime java,
      List<String> options,
      Path command,
      @Nullable Path client,
      Duration patience)
      throws IOException {
    List<Path> libraries = new ArrayList<>();
    StringBuilder identity = new StringBuilder(PROTOCOL).append(java.build());
    boolean complete = false;
    for (Path jar : classPath) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        if (isOfTheLibrary(zip)) {
          libraries.add(jar);
          // The names of copies tell their content.
          identity.append('\n').append(jar.getFileName());
          complete |= zip.getEntry(OF_THE_LIBRARY.get(0)) != null;
        }
      }
    }
    if (!complete) {
      throw new LaunchException("a resident process needs HookBus among the command's jars");
    }
    byte[] bytes = identity.toString().getBytes(StandardCharsets.UTF_8);
    String id = HexFormat.of().formatHex(Sha256.digest(bytes, 0, bytes.length), 0, ID_BYTES);
    return new ResidentStart(id, options, libraries, command, client, patience);
  }

  private static boolean isOfTheLibrary(ZipFile jar) {
    for (String name : OF_THE_LIBRARY) {
      ZipEntry entry = jar.getEntry(name);
      if (entry != null) {
        return true;
      }
    }
    return false;
  }
}
