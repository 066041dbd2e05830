package dev.hookbus.install;

import static java.util.Objects.requireNonNull;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonMember;
import dev.hookbus.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The text of a Claude Code settings file, and the hooks in it. Edits insert and cut; no other
 * character changes. Immutable.
 *
 * <p>A group of this class's making holds one handler. It is known again by the handler's command.
 */
final class HookSettings {

  private static final String HOOKS = "hooks";

  private final Path file;
  private final byte[] text;
  private final JsonValue root;

  private HookSettings(Path file, byte[] text, JsonValue root) {
    this.file = file;
    this.text = text;
    this.root = root;
  }

  /**
   * Reads settings.
   *
   * @param text what is in the file; blank for a file that is missing or empty
   * @throws InstallException if it is not what the host reads
   */
  static HookSettings of(Path file, byte[] text) throws InstallException {
    byte[] known = isBlank(text) ? "{}\n".getBytes(StandardCharsets.US_ASCII) : text;
    JsonValue root;
    try {
      root = JsonValue.parse(known);
    } catch (JsonException e) {
      throw new InstallException(
          file
              + ", line "
              + lineOf(known, e.offset())
              + ": is no strict JSON ("
              + e.getMessage()
              + "); nothing was changed. Take out comments and trailing commas, or name another"
              + " file by --settings");
    }
    if (!root.isObject()) {
      throw new InstallException(file + ": is no JSON object; nothing was changed");
    }
    HookSettings settings = new HookSettings(file, known, root);
    settings.checkShape();
    return settings;
  }

  private void checkShape() throws InstallException {
    JsonValue hooks = root.get(HOOKS);
    if (hooks != null && !hooks.isObject()) {
      throw shape(hooks, "\"hooks\" must be an object");
    }
    for (JsonMember event : hooks == null ? List.<JsonMember>of() : hooks.members()) {
      if (!event.value().toString().startsWith("[")) {
        throw shape(event.value(), "\"hooks\"." + event.name() + " must be a list");
      }
    }
  }

  private InstallException shape(JsonValue at, String problem) {
    return new InstallException(
        file
            + ", line "
            + lineOf(text, at.start())
            + ": "
            + problem
            + "; nothing was changed. Correct it by hand first");
  }

  byte[] text() {
    return text;
  }

  /** Every handler in the order of the text; what has no such shape is left out. */
  List<RegisteredHook> registered() {
    List<RegisteredHook> all = new ArrayList<>();
    JsonValue hooks = root.get(HOOKS);
    for (JsonMember event : hooks == null ? List.<JsonMember>of() : hooks.members()) {
      for (JsonValue group : event.value().items()) {
        JsonValue handlers = group.get(HOOKS);
        for (JsonValue handler : handlers == null ? List.<JsonValue>of() : handlers.items()) {
          all.add(new RegisteredHook(event.name(), group.text("matcher"), handler, group));
        }
      }
    }
    return all;
  }

  /** The line of a value, from 1. */
  int line(JsonValue value) {
    return lineOf(text, value.start());
  }

  /**
   * Adds a handler, in a group of its own at the end of its event, unless the very same is there.
   *
   * @param made takes the names of the containers that had to be made
   */
  HookSettings with(HookSpec hook, String command, Set<String> made) throws InstallException {
    for (RegisteredHook known : registered()) {
      if (isSame(known, hook, command)) {
        return this;
      }
    }
    JsonValue hooks = root.get(HOOKS);
    JsonValue groups = hooks == null ? null : hooks.get(hook.event());
    Layout layout = new Layout(text, groups == null ? hooks == null ? root : hooks : groups);
    String group = layout.group(hook, command, blocks(hook));
    if (hooks == null) {
      made.add(HOOKS);
      made.add(made(hook.event()));
      return of(file, layout.appended(layout.hooks(layout.event(hook.event(), group))));
    }
    if (groups == null) {
      made.add(made(hook.event()));
      return of(file, layout.appended(layout.event(hook.event(), group)));
    }
    return of(file, layout.appended(group));
  }

  /** How a list made for an event is written down. */
  static String made(String event) {
    return HOOKS + "/" + event;
  }

  /** Whether a handler is what this hook would be registered as. */
  static boolean isSame(RegisteredHook known, HookSpec hook, String command) {
    Double timeout = known.timeout();
    return known.event().equals(hook.event())
        && command.equals(known.command())
        && Objects.equals(known.matcher(), hook.matcher())
        && timeout != null
        && timeout == hook.timeoutSeconds()
        && known.blocksOnFailure() == blocks(hook);
  }

  private static boolean blocks(HookSpec hook) {
    return hook.failClosed() && HostEvents.heedsOnFailure(hook.event());
  }

  /**
   * Takes handlers away.
   *
   * @param unwanted which
   * @param made containers to take away too when they are left empty, by their names in {@link
   *     #with}
   */
  HookSettings without(Predicate<RegisteredHook> unwanted, Set<String> made)
      throws InstallException {
    HookSettings settings = this;
    while (true) {
      RegisteredHook found = null;
      for (RegisteredHook known : settings.registered()) {
        if (unwanted.test(known)) {
          found = known;
          break;
        }
      }
      if (found == null) {
        return settings;
      }
      settings = settings.without(found, made);
    }
  }

  private HookSettings without(RegisteredHook unwanted, Set<String> made) throws InstallException {
    JsonValue handlers = requireNonNull(unwanted.group().get(HOOKS));
    if (handlers.items().size() > 1) {
      return of(file, Layout.cut(text, handlers, unwanted.json().start()));
    }
    JsonValue groups = requireNonNull(requireNonNull(root.get(HOOKS)).get(unwanted.event()));
    HookSettings settings = of(file, Layout.cut(text, groups, unwanted.group().start()));
    settings = settings.withoutEmpty(unwanted.event(), made);
    JsonValue hooks = settings.root.get(HOOKS);
    return hooks != null && hooks.members().isEmpty() && made.contains(HOOKS)
        ? settings.withoutMember(settings.root, HOOKS)
        : settings;
  }

  private HookSettings withoutEmpty(String event, Set<String> made) throws InstallException {
    JsonValue hooks = root.get(HOOKS);
    JsonValue groups = hooks == null ? null : hooks.get(event);
    return hooks != null && groups != null && groups.items().isEmpty() && made.contains(made(event))
        ? withoutMember(hooks, event)
        : this;
  }

  private HookSettings withoutMember(JsonValue container, String name) throws InstallException {
    for (JsonMember member : container.members()) {
      if (member.name().equals(name)) {
        return of(file, Layout.cut(text, container, member.start()));
      }
    }
    return this;
  }

  private static boolean isBlank(byte[] text) {
    for (byte b : text) {
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static int lineOf(byte[] text, int offset) {
    int line = 1;
    for (int i = 0; i < Math.min(offset, text.length); i++) {
      line += text[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
