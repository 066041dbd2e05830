package dev.hookbus.host;

import dev.hookbus.HookBus;
import dev.hookbus.json.JsonException;
import dev.hookbus.safety.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One event from the host's words to the hook's answer. */
final class HookRun implements Callable<HookOutput> {

  /** Told how far a run has come, so that somebody else can answer in its place. */
  interface Supervisor {

    /** The event is known. */
    void understood(String event, String hostEvent);

    /** This is the answer; the bus is no longer needed. */
    void decided(HookOutput output, HookBus bus);

    /** Whether the run has used up its time. */
    boolean timedOut();

    /** Whether this is the second attempt at a call, whose first one was killed. */
    boolean triesAgain();
  }

  private static final int LONGEST_NAME = 64;
  private static final int FIRST_BUFFER = 1 << 14;

  final HookSettings settings;
  final HookHandler handler;
  private final InputStream stdin;
  final Supervisor supervisor;
  final @Nullable String processMarker;
  final @Nullable String retryToken;
  final HostProtocol protocol;

  private String eventName = "";
  private String hostEvent = "";
  private boolean understood;
  private @Nullable Throwable failure;

  /**
   * Prepares a run.
   *
   * @param processMarker tells a resumed session from the one before; {@code null} if unknown
   * @param retryToken under which a process that was killed had begun this call, or another may
   *     have to end it; {@code null} where nobody tries again
   */
  HookRun(
      HookSettings settings,
      HookHandler handler,
      InputStream stdin,
      Supervisor supervisor,
      @Nullable String processMarker,
      @Nullable String retryToken) {
    this.settings = settings;
    this.handler = handler;
    this.stdin = stdin;
    this.supervisor = supervisor;
    this.processMarker = processMarker;
    this.retryToken = retryToken;
    this.protocol = HostProtocol.of(settings.host());
  }

  /** Reads, handles, answers; whatever goes wrong becomes an answer too. */
  HookOutput run() {
    Attempt<HookOutput> attempt = Attempt.capture(this);
    Throwable error = attempt.error();
    return error == null ? attempt.value() : failed(error);
  }

  /** What the handler threw, or what else went wrong; {@code null} if nothing did. */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public HookOutput call() throws IOException {
    byte[] input = read();
    HookEvent event = protocol.read(input, settings.event());
    understood(event.name(), event.context().hostEvent());
    HookBus given = settings.bus();
    HookBus bus = given == null ? HookBus.fromEnvironment() : given;
    HookOutput output = new Handling(this, event, input).handled(bus);
    supervisor.decided(output, bus);
    return output;
  }

  private byte[] read() throws IOException {
    byte[] input = new byte[FIRST_BUFFER];
    int size = 0;
    int count = stdin.read(input);
    while (count >= 0) {
      size += count;
      if (size > settings.maxInputBytes()) {
        break;
      }
      if (size == input.length) {
        input = Arrays.copyOf(input, size * 2);
      }
      count = stdin.read(input, size, input.length - size);
    }
    // Until the text is understood, this is all there is to choose a policy by.
    String name = settings.event() == null ? eventIn(input, size) : settings.event();
    understood(protocol.event(name), name);
    if (size > settings.maxInputBytes()) {
      throw new HookFailure("the input is larger than " + settings.maxInputBytes() + " bytes");
    }
    return Arrays.copyOf(input, size);
  }

  /** Finds the event's name in a text that may not be JSON. */
  private static String eventIn(byte[] input, int size) {
    String head = new String(input, 0, Math.min(size, 1 << 16), StandardCharsets.ISO_8859_1);
    int field = head.indexOf("\"hook_event_name\"");
    int colon = field < 0 ? -1 : head.indexOf(':', field);
    int start = colon < 0 ? -1 : head.indexOf('"', colon);
    int end = start < 0 ? -1 : head.indexOf('"', start + 1);
    return end < 0 || end - start > LONGEST_NAME ? "" : head.substring(start + 1, end);
  }

  private void understood(String event, String nameAtHost) {
    if (understood && event.equals(eventName) && nameAtHost.equals(hostEvent)) {
      return;
    }
    understood = true;
    eventName = event;
    hostEvent = nameAtHost;
    supervisor.understood(event, nameAtHost);
  }

  /** The answer to an event that could not be handled. */
  HookOutput failed(Throwable error) {
    failure = error;
    return failed(describe(error));
  }

  /** As {@link #failed(Throwable)}, where nothing was thrown. */
  HookOutput failed(String what) {
    return settings.failure(eventName, hostEvent, what);
  }

  /** What went wrong, in a line; others' messages could hold a secret. */
  private String describe(Throwable error) {
    if (supervisor.timedOut()) {
      return "took longer than " + settings.deadlineOf(eventName).toMillis() + " ms";
    }
    if (error instanceof HookFailure || error instanceof JsonException) {
      return "failed: " + error.getMessage();
    }
    StackTraceElement[] trace = error.getStackTrace();
    String place = trace.length == 0 ? "" : " at " + trace[0];
    return "failed: " + error.getClass().getName() + place;
  }
}
