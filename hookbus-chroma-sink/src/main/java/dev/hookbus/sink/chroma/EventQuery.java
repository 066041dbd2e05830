package dev.hookbus.sink.chroma;

import static java.util.Objects.requireNonNull;

import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant: all that satisfy every condition given. Immutable; each method gives a
 * new query. Conditions are checked here, because the server only says that something is wrong.
 *
 * <pre>{@code
 * EventQuery errorsOfBash =
 *     EventQuery.all().session("sess_7QK2").levels(EventLevel.ERROR).tool("Bash");
 * }</pre>
 */
public final class EventQuery {
  /** The longest text or pattern, in characters. */
  public static final int MAX_TEXT = 2000;

  private static final EventQuery ALL = new EventQuery(Map.of(), null, null, null, null);

  /** What the server's regular expressions do not have: looking around, and back. */
  private static final Pattern UNSUPPORTED =
      Pattern.compile("\\(\\?<?[=!]|\\(\\?>|\\\\[1-9]|\\\\k");

  /** For each key the values of which one is wanted. */
  private final Map<String, List<String>> anyOf;

  private final @Nullable Instant from;
  private final @Nullable Instant until;
  private final @Nullable String contains;
  private final @Nullable String regex;

  private EventQuery(
      Map<String, List<String>> anyOf,
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable String contains,
      @Nullable String regex) {
    this.anyOf = anyOf;
    this.from = from;
    this.until = until;
    this.contains = contains;
    this.regex = regex;
  }

  /** Every event. */
  public static EventQuery all() {
    return ALL;
  }

  /** Of that run. */
  public EventQuery run(String id) {
    return with(Keys.RUN_ID, named("run", id));
  }

  /** Of that session. */
  public EventQuery session(String id) {
    return with(Keys.SESSION_ID, named("session", id));
  }

  /**
   * Of one of these types; none means any.
   *
   * @throws IllegalArgumentException for {@link EventType#UNKNOWN}
   */
  public EventQuery types(EventType... types) {
    return with(Keys.EVENT_TYPE, names("types", types, EventType.UNKNOWN, EventType::wireName));
  }

  /**
   * Of one of these levels; none means any.
   *
   * @throws IllegalArgumentException for {@link EventLevel#UNKNOWN}
   */
  public EventQuery levels(EventLevel... levels) {
    return with(Keys.LEVEL, names("levels", levels, EventLevel.UNKNOWN, EventLevel::wireName));
  }

  /** Of that worker. */
  public EventQuery worker(String id) {
    return with(Keys.WORKER_ID, named("worker", id));
  }

  /** Of that task. */
  public EventQuery task(String id) {
    return with(Keys.TASK_ID, named("task", id));
  }

  /** About that tool. */
  public EventQuery tool(String name) {
    return with(Keys.TOOL_NAME, named("tool", name));
  }

  /** At that time or later. */
  public EventQuery from(Instant time) {
    return new EventQuery(anyOf, requireNonNull(time, "time"), until, contains, regex);
  }

  /** Before that time. */
  public EventQuery until(Instant time) {
    return new EventQuery(anyOf, from, requireNonNull(time, "time"), contains, regex);
  }

  /**
   * With that text in one of its values, upper and lower case told apart.
   *
   * @param text 1 to {@link #MAX_TEXT} characters
   */
  public EventQuery contains(String text) {
    return new EventQuery(anyOf, from, until, sized("contains", text), regex);
  }

  /**
   * With a match of that expression in its envelope, which is JSON. The server's expressions are
   * those of Rust: without look-around and back references; {@code (?i)} ignores case.
   *
   * @param expression 1 to {@link #MAX_TEXT} characters
   * @throws IllegalArgumentException where it cannot be used
   */
  public EventQuery regex(String expression) {
    try {
      Pattern.compile(sized("regex", expression));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("regex is malformed: " + e.getDescription(), e);
    }
    if (UNSUPPORTED.matcher(expression).find()) {
      throw new IllegalArgumentException("regex must not look around or refer back");
    }
    return new EventQuery(anyOf, from, until, contains, expression);
  }

  private EventQuery with(String key, List<String> values) {
    Map<String, List<String>> conditions = new TreeMap<>(anyOf);
    conditions.put(key, values);
    return new EventQuery(conditions, from, until, contains, regex);
  }

  private static <E extends Enum<E>> List<String> names(
      String condition, E[] constants, E unknown, Function<E, String> wireName) {
    List<E> wanted = List.of(constants);
    if (wanted.contains(unknown)) {
      throw new IllegalArgumentException(condition + " must be known ones");
    }
    return wanted.stream().map(wireName).distinct().toList();
  }

  private static String sized(String condition, String text) {
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(condition + " must have 1 to " + MAX_TEXT + " characters");
    }
    return text;
  }

  private static List<String> named(String condition, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(condition + " must not be blank");
    }
    return List.of(value);
  }

  /** The conditions on metadata but for the time. */
  Where where() {
    Where where = new Where();
    anyOf.forEach(where::anyOf);
    return where;
  }

  /** The first millisecond that counts. */
  long firstMillis() {
    return from == null ? 0 : Math.max(0, ceilMillis(from));
  }

  /** The last millisecond that counts. */
  long lastMillis() {
    return until == null ? WindowSearch.END_OF_TIME : ceilMillis(until) - 1;
  }

  private static long ceilMillis(Instant time) {
    return time.plusNanos(999_999).toEpochMilli();
  }

  @Nullable String contains() {
    return contains;
  }

  @Nullable String regex() {
    return regex;
  }

  /** Whether nothing but all events is meant. */
  boolean isAll() {
    return where().isEmpty() && contains == null && regex == null && from == null && until == null;
  }

  /** The conditions, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("EventQuery").append(anyOf);
    append(text, "from", from);
    append(text, "until", until);
    append(text, "contains", contains);
    append(text, "regex", regex);
    return text.toString();
  }

  private static void append(StringBuilder text, String condition, @Nullable Object value) {
    if (value != null) {
      text.append(' ').append(condition).append('=').append(value);
    }
  }
}
