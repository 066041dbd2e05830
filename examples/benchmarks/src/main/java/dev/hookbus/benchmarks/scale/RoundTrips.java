package dev.hookbus.benchmarks.scale;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server of this machine that counts how often it is asked after it has answered. */
final class RoundTrips implements AutoCloseable {

  private final ServerSocket listening;
  private final int port;
  private final AtomicLong trips = new AtomicLong();
  private final AtomicBoolean answered = new AtomicBoolean(true);

  RoundTrips(int port) throws IOException {
    this.port = port;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** The same server by this way. */
  String via(String url) {
    return url.replaceFirst("//[^/]+/", "//localhost:" + listening.getLocalPort() + "/");
  }

  long count() {
    return trips.get();
  }

  private void accept() throws IOException {
    while (!listening.isClosed()) {
      Socket client = listening.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      start(() -> copy(client, server, true));
      start(() -> copy(server, client, false));
    }
  }

  private void copy(Socket from, Socket to, boolean asking) throws IOException {
    byte[] buffer = new byte[64 << 10];
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (!asking) {
        answered.set(true);
      } else if (answered.getAndSet(false)) {
        trips.incrementAndGet();
      }
      out.write(buffer, 0, read);
    }
  }

  /** What a thread does until its socket is closed. */
  @FunctionalInterface
  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException closed) {
                // Whoever has closed it knows.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
