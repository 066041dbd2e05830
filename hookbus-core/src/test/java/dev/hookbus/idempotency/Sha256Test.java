package dev.hookbus.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Sha256Test {

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void computedDigests_areThePlatforms_atEveryLength() throws Exception {
    MessageDigest platform = MessageDigest.getInstance("SHA-256");
    for (int length = 0; length <= 300; length++) {
      byte[] bytes = random(length + 7);
      byte[] range = Arrays.copyOfRange(bytes, 5, 5 + length);

      assertThat(Sha256.compute(bytes, 5, length)).isEqualTo(platform.digest(range));
    }
  }

  @Test
  void manyAndLargeDigests_areThePlatforms() throws Exception {
    MessageDigest platform = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 200; i++) {
      byte[] bytes = random(200 * i);

      assertThat(Sha256.digest(bytes, 0, bytes.length)).isEqualTo(platform.digest(bytes));
    }
  }
}
