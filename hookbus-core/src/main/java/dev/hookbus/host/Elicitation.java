package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server asks the user for something.
 *
 * @param context what every event tells
 * @param mcpServerName the server
 * @param message what it asks
 * @param mode {@code form} or {@code url}
 * @param url where the user is to go
 * @param elicitationId the request
 * @param requestedSchema the JSON schema of the answer
 */
public record Elicitation(
    HookContext context,
    @Nullable String mcpServerName,
    @Nullable String message,
    @Nullable String mode,
    @Nullable String url,
    @Nullable String elicitationId,
    @Nullable JsonValue requestedSchema)
    implements HookEvent, AnsweredBy<ElicitationAnswer> {}
