package dev.hookbus.sink.chroma.cli;

import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import dev.hookbus.sink.chroma.EventQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Conditions on events. */
final class QueryOptions {
  @Option(names = "--run", paramLabel = "ID", description = "Of this run.")
  private @Nullable String run;

  @Option(names = "--session", paramLabel = "ID", description = "Of this session.")
  private @Nullable String session;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "Of one of these types, such as error,decision.")
  private List<String> types = List.of();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      split = ",",
      description = "Of one of these levels: debug, info, warn, error.")
  private List<String> levels = List.of();

  @Option(names = "--worker", paramLabel = "ID", description = "Of this worker.")
  private @Nullable String worker;

  @Option(names = "--task", paramLabel = "ID", description = "Of this task.")
  private @Nullable String task;

  @Option(names = "--tool", paramLabel = "NAME", description = "About this tool.")
  private @Nullable String tool;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "At that time or later, such as 2026-01-29T10:00:00Z.")
  private @Nullable String from;

  @Option(names = "--until", paramLabel = "TIME", description = "Before that time.")
  private @Nullable String until;

  @Option(names = "--contains", paramLabel = "TEXT", description = "With this text in it.")
  private @Nullable String contains;

  @Option(names = "--regex", paramLabel = "REGEX", description = "With a match in it.")
  private @Nullable String regex;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many; ${DEFAULT-VALUE} by default.")
  private int limit;

  @Option(names = "--json", description = "Print each envelope on a line of its own.")
  private boolean json;

  int limit() {
    return limit;
  }

  boolean json() {
    return json;
  }

  /**
   * The conditions that are given.
   *
   * @throws IllegalArgumentException where one makes no sense
   */
  EventQuery query() {
    EventQuery query = EventQuery.all();
    query = with(query, run, EventQuery::run);
    query = with(query, session, EventQuery::session);
    query = with(query, worker, EventQuery::worker);
    query = with(query, task, EventQuery::task);
    query = with(query, tool, EventQuery::tool);
    query = with(query, contains, EventQuery::contains);
    query = with(query, regex, EventQuery::regex);
    query = with(query, from, (q, text) -> q.from(time("--from", text)));
    query = with(query, until, (q, text) -> q.until(time("--until", text)));
    return query
        .types(constants(types, EventType::ofWireName).toArray(EventType[]::new))
        .levels(constants(levels, EventLevel::ofWireName).toArray(EventLevel[]::new));
  }

  private static EventQuery with(
      EventQuery query,
      @Nullable String value,
      BiFunction<EventQuery, String, EventQuery> condition) {
    return value == null ? query : condition.apply(query, value);
  }

  private static <E> List<E> constants(List<String> names, Function<String, E> ofWireName) {
    return names.stream().map(String::strip).map(ofWireName).toList();
  }

  private static Instant time(String option, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(option + " must be a time, as 2026-01-29T10:00:00Z", e);
    }
  }
}
