package dev.hookbus.sink.http;

import dev.hookbus.sink.SinkConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads PEM files; errors name the setting, never the file's content. */
final class Pem {
  private static final String KEY_BEGIN = "-----BEGIN " + "PRIVATE KEY-----";
  private static final String KEY_END = "-----END " + "PRIVATE KEY-----";

  private Pem() {}

  static List<Certificate> certificates(String setting, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<Certificate> certificates =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (IOException | GeneralSecurityException e) {
      // Falls through to the one message.
    }
    throw new SinkConfigurationException(setting, "must be a readable file of PEM certificates");
  }

  /**
   * Reads an unencrypted PKCS#8 key.
   *
   * @param algorithm that of the certificate's public key, such as {@code RSA} or {@code EC}
   */
  static PrivateKey privateKey(String setting, Path file, String algorithm) {
    try {
      String text = Files.readString(file);
      int begin = text.indexOf(KEY_BEGIN);
      int end = text.indexOf(KEY_END);
      if (begin >= 0 && end > begin) {
        byte[] der =
            Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      // Falls through to the one message.
    }
    throw new SinkConfigurationException(
        setting,
        "must be a readable file with an unencrypted PKCS#8 key that fits the certificate");
  }
}
