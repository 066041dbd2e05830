package dev.hookbus.sink.http;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for {@code localhost} and its key, made by the JDK's keytool. */
record Identity(KeyStore store, Path certificatePem, Path keyPem) {
  private static final String PASSWORD = "changeit";

  static Identity create(Path dir, String name) throws Exception {
    Path file = dir.resolve(name + ".p12");
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException("keytool failed");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new Identity(
        store,
        writePem(
            dir.resolve(name + ".crt"), "CERTIFICATE", store.getCertificate("own").getEncoded()),
        writePem(
            dir.resolve(name + ".key"),
            "PRIVATE" + " KEY",
            store.getKey("own", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path writePem(Path file, String type, byte[] der) throws Exception {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    String dashes = "-----";
    return Files.writeString(
        file,
        dashes + "BEGIN " + type + dashes + "\n" + base64 + "\n" + dashes + "END " + type + dashes);
  }

  String sha256() throws Exception {
    return HexFormat.ofDelimiter(":")
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(store.getCertificate("own").getEncoded()));
  }

  /** A server's context with this identity that trusts that client. */
  SSLContext context(Identity trusted) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("trusted", trusted.store.getCertificate("own"));
    TrustManagerFactory trusts =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusts.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
    return context;
  }
}
