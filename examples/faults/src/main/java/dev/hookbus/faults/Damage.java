package dev.hookbus.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** What a stranger does to a database file that is in use. */
enum Damage {
  TRUNCATED("cut to nothing") {
    @Override
    void doTo(Path file, Random random) throws IOException {
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        bytes.setLength(0);
      }
    }
  },

  HALVED("cut in half") {
    @Override
    void doTo(Path file, Random random) throws IOException {
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        bytes.setLength(bytes.length() / 2);
      }
    }
  },

  ZEROED("overwritten with zeros") {
    @Override
    void doTo(Path file, Random random) throws IOException {
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        bytes.write(new byte[(int) bytes.length()]);
      }
    }
  },

  SCRIBBLED("overwritten in the middle") {
    @Override
    void doTo(Path file, Random random) throws IOException {
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        byte[] noise = new byte[(int) Math.max(0, bytes.length() - PAGE)];
        random.nextBytes(noise);
        bytes.seek(PAGE);
        bytes.write(noise);
      }
    }
  },

  DELETED("deleted") {
    @Override
    void doTo(Path file, Random random) throws IOException {
      Files.delete(file);
    }
  },

  DELETED_WITH_LOG("deleted with its log") {
    @Override
    void doTo(Path file, Random random) throws IOException {
      for (String suffix : new String[] {"", "-wal", "-shm"}) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      }
    }
  },

  REPLACED("replaced by another database") {
    @Override
    void doTo(Path file, Random random) throws IOException, SQLException {
      Path other = file.resolveSibling("other");
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 60000");
        statement.execute("VACUUM INTO '" + other + "'");
      }
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    }
  };

  private static final int PAGE = 4096;

  private final String words;

  Damage(String words) {
    this.words = words;
  }

  /** Does it to the file, which others have open. */
  abstract void doTo(Path file, Random random) throws IOException, SQLException;

  @Override
  public String toString() {
    return words;
  }
}
