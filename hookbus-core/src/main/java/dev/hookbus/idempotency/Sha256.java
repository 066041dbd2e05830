package dev.hookbus.idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, without looking the provider up at every call. */
public final class Sha256 {

  private static final MessageDigest PROTOTYPE = newDigest();

  private Sha256() {}

  /** The 32-byte digest of a range of bytes. */
  public static byte[] digest(byte[] bytes, int offset, int length) {
    MessageDigest digest = copyOfPrototype();
    digest.update(bytes, offset, length);
    return digest.digest();
  }

  private static MessageDigest copyOfPrototype() {
    try {
      return (MessageDigest) PROTOTYPE.clone();
    } catch (CloneNotSupportedException e) {
      return newDigest();
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
