package dev.hookbus.sink.http;

import dev.hookbus.sink.SinkConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom to trust, and who we are. */
final class TlsSettings {
  private static final int SHA_256_BYTES = 32;
  private static final char[] NO_PASSWORD = {};

  @Nullable Path trusted;
  @Nullable Path clientChain;
  @Nullable Path clientKey;
  private byte @Nullable [] pin;

  void pin(String hex) {
    try {
      pin = HexFormat.of().parseHex(hex.replace(":", "").strip());
    } catch (IllegalArgumentException e) {
      pin = null;
    }
    if (pin == null || pin.length != SHA_256_BYTES) {
      throw new SinkConfigurationException("certificatePin", "must be 64 hex digits");
    }
  }

  /** Null where the platform's own settings do. */
  @Nullable SSLContext context() {
    if (trusted == null && clientChain == null && pin == null) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new SinkConfigurationException("TLS settings", "cannot be used", e);
    }
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException, IOException {
    if (clientChain == null || clientKey == null) {
      return null;
    }
    List<Certificate> chain = certificates("clientCertificate", clientChain);
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client",
        Pem.privateKey("clientKey", clientKey, chain.get(0).getPublicKey().getAlgorithm()),
        NO_PASSWORD,
        chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted == null ? null : trustStore(trusted));
    TrustManager[] managers = factory.getTrustManagers();
    for (int i = 0; pin != null && i < managers.length; i++) {
      if (managers[i] instanceof X509ExtendedTrustManager manager) {
        managers[i] = new PinnedTrustManager(manager, pin);
      }
    }
    return managers;
  }

  private static KeyStore trustStore(Path pem) throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (Certificate certificate : certificates("trustedCertificates", pem)) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    return store;
  }

  private static List<Certificate> certificates(String setting, Path pem) {
    return Pem.certificates(setting, pem);
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
