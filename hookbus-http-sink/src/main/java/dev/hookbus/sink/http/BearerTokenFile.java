package dev.hookbus.sink.http;

import dev.hookbus.sink.Secret;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** A token that somebody else renews in a file. Confined to the delivering thread. */
final class BearerTokenFile {
  private static final long MAX_BYTES = 64 * 1024;

  private final Path file;
  private @Nullable Version version;
  private String token = "";

  BearerTokenFile(Path file) {
    this.file = file;
  }

  /** The token as it is in the file now. */
  String token() throws IOException {
    try {
      return read();
    } catch (NoSuchFileException | AccessDeniedException | CharacterCodingException e) {
      throw new TokenFileException("the bearer token's file can't be read", e);
    }
  }

  private String read() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Version current =
        new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    if (!current.equals(version)) {
      if (attributes.size() > MAX_BYTES) {
        throw new TokenFileException("the bearer token's file is larger than 64 KiB", null);
      }
      String text = Files.readString(file).strip();
      if (!Secret.isPrintable(text)) {
        throw new TokenFileException("the bearer token's file does not hold one token", null);
      }
      token = text;
      version = current;
    }
    return token;
  }

  /** What changes when the file is written or replaced. */
  private record Version(FileTime modified, long size, @Nullable Object key) {}
}
