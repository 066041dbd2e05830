package dev.hookbus.resident;

import dev.hookbus.HookBus;
import dev.hookbus.host.ResidentCall;
import dev.hookbus.launch.EnvironmentFile;
import dev.hookbus.launch.LaunchedCommand;
import dev.hookbus.safety.Attempt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a command. Its event lies in a file that both client and process want to rename:
 * whoever can has the call, so that it runs once.
 */
final class Call implements ResidentCall.Client {

  /** Larger events are left to a process of their own. */
  private static final long MOST_BYTES = 64 << 20;

  /** How long after its answer a thread may need to come to its end. */
  private static final long LINGER_MILLIS = TimeUnit.SECONDS.toMillis(2);

  private static final long FOREVER = Long.MAX_VALUE;

  private static final byte[] NOTHING = {};
  private static final byte[] END_OF_ANSWER = {'.', '\n'};

  private final String id;
  private final Path file;
  private final ResidentProcess process;
  private final LaunchedCommand command;
  private final CallContext context;
  private final Callable<Void> main;
  private @Nullable Connection listener;
  private byte @Nullable [] promise;
  private Buses.@Nullable Lease lease;
  private @Nullable ResidentCall running;
  private byte @Nullable [] answer;
  private boolean over;
  private boolean heard;

  private Call(
      String id,
      Path file,
      ResidentProcess process,
      LaunchedCommand command,
      CallContext context,
      Callable<Void> main) {
    this.id = id;
    this.file = file;
    this.process = process;
    this.command = command;
    this.context = context;
    this.main = main;
  }

  /**
   * Prepares a call, and takes nothing yet.
   *
   * @throws IOException if it can't be run here
   */
  static Call of(Request request, ResidentProcess process) throws IOException {
    String id = request.words().get(1);
    Path file = process.directory().resolve(id);
    String hook = request.hook();
    ClientProcess client = ClientProcess.of(Long.parseLong(request.words().get(2)));
    if (hook == null || !client.reads(file) || Files.size(file) > MOST_BYTES) {
      throw new IOException("this is no call");
    }
    LaunchedCommand command = process.command(Path.of(hook));
    Map<String, String> environment = client.environment();
    Path more = command.environmentFile();
    if (more != null && Files.isReadable(more)) {
      EnvironmentFile.read(more).forEach(environment::putIfAbsent);
    }
    List<String> arguments = new ArrayList<>(command.arguments());
    arguments.addAll(client.lastArguments(Integer.parseInt(request.words().get(3))));
    return new Call(
        id,
        file,
        process,
        command,
        CallContext.of(environment, client.workingDirectory()),
        process.programs().main(command, arguments.toArray(new String[0])));
  }

  /** Answers a client that was asked to end, within its last second. */
  void terminate(Connection connection) throws IOException {
    terminate();
    answer(connection, FOREVER);
  }

  /** Takes the call, runs it, and answers. */
  void serve(Connection connection) throws IOException {
    process.begin(id, this);
    try {
      Thread worker = start(take());
      try {
        tell(connection, FOREVER);
      } finally {
        finish(worker);
      }
    } finally {
      process.end(id);
    }
  }

  /**
   * Takes the call, says so, and runs it. Its client asks for the answer by a socket that is there
   * for as long as the call, also when this process takes no other any more.
   */
  void serveLater(Connection connection) throws IOException {
    Path reply = file.resolveSibling(id + ".reply");
    process.begin(id, this);
    try {
      Files.createLink(reply, process.socket());
      // By its age others tell what was left behind.
      Files.setLastModifiedTime(reply, FileTime.from(Instant.now()));
      byte[] stdin = take();
      connection.finish();
      Thread worker = start(stdin);
      try {
        awaitHearing();
      } finally {
        finish(worker);
      }
    } finally {
      Files.deleteIfExists(reply);
      process.end(id);
    }
  }

  private byte[] take() throws IOException {
    Path taken = file.resolveSibling(id + ".taken");
    Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
    byte[] stdin = Files.readAllBytes(taken);
    Files.delete(taken);
    Files.deleteIfExists(file.resolveSibling(id + ".answer"));
    return stdin;
  }

  /** Tells a client that asks again what is known within that time. */
  void answer(Connection connection, long withinMillis) throws IOException {
    if (tell(connection, withinMillis) && connection.awaitEnd()) {
      synchronized (this) {
        heard = true;
        notifyAll();
      }
    }
  }

  /** Sends what is promised and, if it is there within that time, the answer. */
  private boolean tell(Connection connection, long withinMillis) throws IOException {
    synchronized (this) {
      listener = connection;
      if (promise != null && answer == null) {
        connection.send(promise);
      }
    }
    byte[] body = awaitAnswer(withinMillis);
    if (body != null) {
      connection.send(body);
    }
    connection.finish();
    return body != null;
  }

  private Thread start(byte[] stdin) {
    ResidentCall call = new ResidentCall(stdin, context.environment().get("CLAUDE_PID"), id, this);
    synchronized (this) {
      running = call;
    }
    Thread worker =
        new Thread(
            process.workers(),
            () -> {
              CallContext.enter(context);
              call.run(main);
              synchronized (this) {
                over = true;
                notifyAll();
              }
            },
            "hookbus-call");
    worker.setDaemon(true);
    worker.start();
    return worker;
  }

  /** The answer, or {@code null} if there is none, in that time or when the program has ended. */
  private byte @Nullable [] awaitAnswer(long withinMillis) throws IOException {
    await(() -> answer != null || over, withinMillis);
    synchronized (this) {
      return answer;
    }
  }

  /** Waits for the answer, and then, for a while, until the client has it. */
  private void awaitHearing() throws IOException {
    if (awaitAnswer(FOREVER) != null) {
      await(() -> heard, LINGER_MILLIS);
    }
  }

  private synchronized void await(BooleanSupplier wanted, long withinMillis) throws IOException {
    long start = System.nanoTime();
    long left = TimeUnit.MILLISECONDS.toNanos(withinMillis);
    while (!wanted.getAsBoolean() && left > 0) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      left = TimeUnit.MILLISECONDS.toNanos(withinMillis) - (System.nanoTime() - start);
    }
  }

  private void finish(Thread worker) throws IOException {
    try {
      worker.join(LINGER_MILLIS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    ResidentCall call = running();
    Throwable failure = call == null ? null : call.failure();
    if (worker.isAlive() || (failure != null && Attempt.isFatal(failure))) {
      // Such a thread can't be stopped, and a machine without memory not be trusted.
      process.retire();
    }
    if (failure instanceof LinkageError && !process.programs().forget(command)) {
      process.retire();
    }
    Buses.Lease held;
    synchronized (this) {
      held = lease;
    }
    if (held != null && !worker.isAlive()) {
      held.close();
    }
  }

  @Override
  public HookBus bus() {
    Buses.Lease leased = process.buses().lease(context);
    synchronized (this) {
      lease = leased;
    }
    return leased.bus();
  }

  @Override
  public void promise(byte[] stdout, byte[] stderr, int exitCode, long withinMillis) {
    byte[] written = written(exitCode, withinMillis, stdout, NOTHING, stderr);
    synchronized (this) {
      promise = written;
      Connection connection = listener;
      if (connection != null) {
        // A client that is gone needs none.
        Throwable ignored = Attempt.run(() -> connection.send(written));
      }
    }
  }

  @Override
  public void answer(byte[] stdout, byte[] stderr, int exitCode) {
    byte[] written = written(exitCode, 0, stdout, context.output().close(), stderr);
    synchronized (this) {
      answer = written;
      notifyAll();
    }
  }

  /**
   * An answer as it is sent: the exit code and how many milliseconds a better one may take to come,
   * the lines, and a line with a dot.
   */
  private static byte[] written(
      int exitCode, long betterWithinMillis, byte[] stdout, byte[] printed, byte[] stderr) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        (exitCode + " " + betterWithinMillis + "\n").getBytes(StandardCharsets.US_ASCII));
    writeLines(body, '>', stdout);
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    error.writeBytes(printed);
    error.writeBytes(stderr);
    writeLines(body, '!', error.toByteArray());
    body.writeBytes(END_OF_ANSWER);
    return body.toByteArray();
  }

  /** Lines with a mark before them, that tells where they go; so a shell can print them. */
  private static void writeLines(ByteArrayOutputStream body, char mark, byte[] text) {
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n' || i == text.length - 1) {
        body.write(mark);
        body.write(text, start, i + 1 - start);
        start = i + 1;
      }
    }
    if (text.length > 0 && text[text.length - 1] != '\n') {
      body.write('\n');
    }
  }

  boolean isExiting() {
    ResidentCall call = running();
    return call != null && call.isExiting();
  }

  void terminate() {
    ResidentCall call = running();
    if (call != null) {
      call.terminate();
    }
  }

  private synchronized @Nullable ResidentCall running() {
    return running;
  }
}
