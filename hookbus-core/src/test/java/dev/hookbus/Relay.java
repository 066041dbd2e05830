package dev.hookbus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A network between this machine and a server, with everything a network can do to people. */
final class Relay implements AutoCloseable {

  private enum Weather {
    FINE,
    /** Whatever is sent disappears, in both directions. */
    BLACK_HOLE,
    /** The server gets everything, and its answers disappear. */
    ANSWERS_LOST
  }

  private final int target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket listener;
  private volatile Weather weather = Weather.FINE;

  Relay(int target) throws IOException {
    this.target = target;
    this.listener = listen(0);
    this.port = listener.getLocalPort();
  }

  int port() {
    return port;
  }

  void swallow() {
    weather = Weather.BLACK_HOLE;
  }

  void loseAnswers() {
    weather = Weather.ANSWERS_LOST;
  }

  /** Refuses connections and resets those that are there. */
  synchronized void cut() throws IOException {
    ServerSocket open = listener;
    if (open != null) {
      open.close();
      listener = null;
    }
    disconnect();
  }

  /** Lets everything through again; connections from before are gone. */
  synchronized void heal() throws IOException {
    disconnect();
    weather = Weather.FINE;
    if (listener == null) {
      listener = listen(port);
    }
  }

  @Override
  public void close() throws IOException {
    cut();
  }

  private void disconnect() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  private ServerSocket listen(int at) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
    daemon(
        () -> {
          while (!server.isClosed()) {
            connect(server.accept(), server);
          }
        });
    return server;
  }

  private synchronized void connect(Socket client, ServerSocket through) throws IOException {
    if (through != listener) {
      // Accepted while it was being cut.
      client.close();
      return;
    }
    sockets.add(client);
    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
    sockets.add(server);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    daemon(() -> pump(client, server, false));
    daemon(() -> pump(server, client, true));
  }

  private void pump(Socket from, Socket to, boolean answers) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (weather == Weather.FINE || (weather == Weather.ANSWERS_LOST && !answers)) {
          out.write(buffer, 0, read);
        }
      }
    }
  }

  /** What runs until its sockets are closed. */
  private interface Pumping {
    void run() throws IOException;
  }

  private static void daemon(Pumping pumping) {
    Thread thread =
        new Thread(
            () -> {
              try {
                pumping.run();
              } catch (IOException closed) {
                // That is how it ends.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
