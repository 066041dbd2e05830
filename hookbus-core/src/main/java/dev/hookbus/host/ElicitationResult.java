package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The user has answered an MCP server.
 *
 * @param context what every event tells
 * @param mcpServerName the server
 * @param elicitationId the request
 * @param mode {@code form} or {@code url}
 * @param action {@code accept}, {@code decline} or {@code cancel}
 * @param content what the user filled in
 */
public record ElicitationResult(
    HookContext context,
    @Nullable String mcpServerName,
    @Nullable String elicitationId,
    @Nullable String mode,
    @Nullable String action,
    @Nullable JsonValue content)
    implements HookEvent, AnsweredBy<ElicitationAnswer> {}
