package dev.hookbus.sink.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy before a receiver that lets connections fail as networks do. */
final class FaultProxy implements AutoCloseable {
  /** What happens to a connection. */
  enum Fault {
    /** Nothing. */
    NONE,
    /** Reset as soon as it is accepted. */
    RESET,
    /** Accepted, read, and never answered. */
    BLACK_HOLE,
    /** The request reaches the receiver; its answer is cut after a few bytes. */
    HALF_ANSWER,
    /** The request reaches the receiver; the connection is reset instead of an answer. */
    RESET_BEFORE_ANSWER,
    /** The answer begins and then comes a byte at a time, never to end. */
    SLOW_DRIP,
    /** The answer is no HTTP. */
    GARBAGE
  }

  private static final int HALF = 20;

  private final ServerSocket listener;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = Fault.NONE;

  FaultProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::acceptAll);
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + listener.getLocalPort() + path);
  }

  void inject(Fault newFault) {
    fault = newFault;
  }

  /** Resets every connection there is. */
  void resetConnections() throws IOException {
    for (Socket client : open) {
      reset(client);
    }
    open.clear();
  }

  /** How many connections came. */
  int connections() {
    return connections.get();
  }

  private void acceptAll() {
    try {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
        connections.incrementAndGet();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      switch (fault) {
        case RESET -> reset(client);
        case BLACK_HOLE -> closed.await();
        case GARBAGE -> {
          client.getInputStream().read();
          client
              .getOutputStream()
              .write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        default -> forward(client);
      }
    } catch (IOException | InterruptedException e) {
      // the connection is over either way
    }
  }

  private void forward(Socket client) throws IOException, InterruptedException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      threads.execute(() -> copyRequests(client, server));
      InputStream answer = server.getInputStream();
      OutputStream back = client.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = answer.read(buffer); n >= 0; n = answer.read(buffer)) {
        switch (fault) {
          case HALF_ANSWER -> {
            back.write(buffer, 0, Math.min(n, HALF));
            return;
          }
          case RESET_BEFORE_ANSWER -> {
            reset(client);
            return;
          }
          case SLOW_DRIP -> {
            back.write(
                "HTTP/1.1 201 Created\r\nContent-Length: 1000000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
              back.write('x');
              back.flush();
            }
            return;
          }
          default -> back.write(buffer, 0, n);
        }
      }
    }
  }

  private static void copyRequests(Socket client, Socket server) {
    try {
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException e) {
      // the connection is over either way
    }
  }

  /** Closes with RST rather than FIN. */
  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    threads.shutdownNow();
  }
}
