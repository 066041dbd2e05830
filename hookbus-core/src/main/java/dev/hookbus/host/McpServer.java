package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * Where an MCP tool comes from, as the host knows it.
 *
 * @param name the server's name in the host's settings
 * @param source where it is configured; {@code null} if the host left it out
 */
public record McpServer(String name, @Nullable String source) {}
