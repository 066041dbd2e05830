package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A watched file has changed.
 *
 * @param context what every event tells
 * @param filePath the file
 * @param change {@code change}, {@code add} or {@code unlink}
 */
public record FileChanged(HookContext context, @Nullable String filePath, @Nullable String change)
    implements HookEvent, AnsweredBy<WatchAnswer> {}
