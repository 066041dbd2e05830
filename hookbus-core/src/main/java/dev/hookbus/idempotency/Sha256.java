package dev.hookbus.idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256, by the platform's provider where many or large digests are made. Looking the provider up
 * for the first time takes a process that lives for one call longer than all its digests, so the
 * first short ones are computed here.
 */
public final class Sha256 {

  private static final int SHORT = 16_384;
  private static final int BLOCK = 64;
  private static final int FEW = 50;

  private static final int[] ROUNDS = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  /** Lost counts only delay the change to the provider. */
  private static int made;

  private Sha256() {}

  /** The 32-byte digest of a range of bytes. */
  public static byte[] digest(byte[] bytes, int offset, int length) {
    if (length <= SHORT && made < FEW) {
      made++;
      return compute(bytes, offset, length);
    }
    MessageDigest digest = Provided.copy();
    digest.update(bytes, offset, length);
    return digest.digest();
  }

  /** The algorithm of FIPS 180-4, section 6.2. */
  static byte[] compute(byte[] bytes, int offset, int length) {
    int[] state = {
      0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };
    int[] words = new int[BLOCK];
    int whole = length / BLOCK * BLOCK;
    for (int at = 0; at < whole; at += BLOCK) {
      block(state, words, bytes, offset + at);
    }
    int rest = length - whole;
    byte[] tail = new byte[rest < BLOCK - 8 ? BLOCK : 2 * BLOCK];
    System.arraycopy(bytes, offset + whole, tail, 0, rest);
    tail[rest] = (byte) 0x80;
    long bits = 8L * length;
    for (int i = 1; i <= 8; i++) {
      tail[tail.length - i] = (byte) bits;
      bits >>>= 8;
    }
    for (int at = 0; at < tail.length; at += BLOCK) {
      block(state, words, tail, at);
    }
    byte[] digest = new byte[32];
    for (int i = 0; i < digest.length; i++) {
      digest[i] = (byte) (state[i >> 2] >>> (24 - 8 * (i & 3)));
    }
    return digest;
  }

  private static void block(int[] state, int[] words, byte[] bytes, int offset) {
    for (int i = 0; i < 16; i++) {
      int at = offset + 4 * i;
      words[i] =
          bytes[at] << 24
              | (bytes[at + 1] & 0xff) << 16
              | (bytes[at + 2] & 0xff) << 8
              | (bytes[at + 3] & 0xff);
    }
    for (int i = 16; i < BLOCK; i++) {
      int early = words[i - 15];
      int late = words[i - 2];
      words[i] =
          words[i - 16]
              + ((early >>> 7 | early << 25) ^ (early >>> 18 | early << 14) ^ early >>> 3)
              + words[i - 7]
              + ((late >>> 17 | late << 15) ^ (late >>> 19 | late << 13) ^ late >>> 10);
    }
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    for (int i = 0; i < BLOCK; i++) {
      int first =
          h
              + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7))
              + ((e & f) ^ (~e & g))
              + ROUNDS[i]
              + words[i];
      int second =
          ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10))
              + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + first;
      d = c;
      c = b;
      b = a;
      a = first + second;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  /** The platform's digest, looked up once. */
  private static final class Provided {

    private static final MessageDigest PROTOTYPE = make();

    static MessageDigest copy() {
      try {
        return (MessageDigest) PROTOTYPE.clone();
      } catch (CloneNotSupportedException e) {
        return make();
      }
    }

    private static MessageDigest make() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}
