package dev.hookbus.install;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/**
 * The hooks that a jar brings along, listed in {@code META-INF/hookbus/hooks.json}: an array of
 * objects with {@code name}, {@code class}, {@code event}, and where wanted {@code matcher}, {@code
 * timeout} in seconds (10 by default) and {@code failClosed}.
 */
public final class HookCatalog {

  /** Seconds a host waits for a hook that does not say otherwise. */
  public static final int DEFAULT_TIMEOUT_SECONDS = 10;

  private static final String RESOURCE = "META-INF/hookbus/hooks.json";

  private HookCatalog() {}

  /**
   * The hooks of every catalog that the loader sees; empty if there is none.
   *
   * @throws InstallException if a catalog can't be understood
   */
  public static List<HookSpec> read(ClassLoader loader) throws IOException {
    List<HookSpec> hooks = new ArrayList<>();
    Enumeration<URL> catalogs = loader.getResources(RESOURCE);
    while (catalogs.hasMoreElements()) {
      URL catalog = catalogs.nextElement();
      try (InputStream in = catalog.openStream()) {
        for (JsonValue hook : JsonValue.parse(in.readAllBytes()).items()) {
          hooks.add(hook(catalog, hook));
        }
      } catch (JsonException e) {
        throw new InstallException(catalog + ": " + e.getMessage());
      }
    }
    return hooks;
  }

  private static HookSpec hook(URL catalog, JsonValue hook) throws InstallException {
    JsonValue timeout = hook.get("timeout");
    Long seconds = timeout == null ? null : timeout.asLong();
    JsonValue failClosed = hook.get("failClosed");
    return new HookSpec(
        required(catalog, hook, "name"),
        required(catalog, hook, "class"),
        required(catalog, hook, "event"),
        hook.text("matcher"),
        seconds == null ? DEFAULT_TIMEOUT_SECONDS : seconds.intValue(),
        failClosed != null && Boolean.TRUE.equals(failClosed.asBoolean()),
        List.of());
  }

  private static String required(URL catalog, JsonValue hook, String name) throws InstallException {
    String text = hook.text(name);
    if (text == null) {
      throw new InstallException(catalog + ": a hook has no " + name);
    }
    return text;
  }
}
