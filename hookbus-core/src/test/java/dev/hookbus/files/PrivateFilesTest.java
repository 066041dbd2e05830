package dev.hookbus.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void setUp() {
    directory = temporary.resolve("own");
  }

  @Test
  void claimed_isMadeForItsOwnerAlone_andClaimedAgain() throws Exception {
    PrivateFiles.claim(directory);
    PrivateFiles.claim(directory);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  @Test
  void directoryOpenToOthers_isRefused() throws Exception {
    for (String rights : Set.of("rwx-----x", "rwxr-x---", "rwxrwxrwx")) {
      PrivateFiles.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(rights));

      assertThatThrownBy(() -> PrivateFiles.claim(directory))
          .isInstanceOf(IOException.class)
          .hasMessage(directory + " is open to other users; it must have mode 0700");
    }
  }

  @Test
  void linkOrFileInItsPlace_isRefused() throws Exception {
    Path target = temporary.resolve("target");
    PrivateFiles.createDirectories(target);
    Files.createSymbolicLink(directory, target);
    assertThatThrownBy(() -> PrivateFiles.claim(directory)).hasMessageContaining("no directory");

    Files.delete(directory);
    Files.createSymbolicLink(directory, temporary.resolve("nowhere"));
    assertThatThrownBy(() -> PrivateFiles.claim(directory)).hasMessageContaining("no directory");
    assertThat(temporary.resolve("nowhere")).doesNotExist();

    Files.delete(directory);
    PrivateFiles.createFile(directory);
    assertThatThrownBy(() -> PrivateFiles.claim(directory)).hasMessageContaining("no directory");
  }

  @Test
  void directoryOfAnotherUser_isRefused() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    PrivateFiles.createDirectories(directory);
    Files.setAttribute(directory, "unix:uid", 12_345);

    assertThatThrownBy(() -> PrivateFiles.claim(directory))
        .hasMessage(directory + " belongs to another user");
  }

  @Test
  void linkToADirectory_serves_whereAUserChoseIt() throws Exception {
    PrivateFiles.createDirectories(temporary.resolve("disk"));
    Files.createSymbolicLink(directory, temporary.resolve("disk"));

    PrivateFiles.createDirectories(directory);
    PrivateFiles.createFile(directory.resolve("file"));

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(temporary.resolve("disk/file"))))
        .isEqualTo("rw-------");
  }
}
