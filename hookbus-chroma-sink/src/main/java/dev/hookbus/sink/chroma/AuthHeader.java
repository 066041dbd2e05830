package dev.hookbus.sink.chroma;

import dev.hookbus.sink.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How the server, or the proxy in front of it, knows us.
 *
 * @param name the header's name
 * @param value its value
 */
record AuthHeader(String name, Secret value) {
  private static final String AUTHORIZATION = "Authorization";

  static AuthHeader token(String token) {
    return new AuthHeader("X-Chroma-Token", Secret.forHeader("token", token));
  }

  static AuthHeader bearer(String token) {
    return new AuthHeader(AUTHORIZATION, Secret.forHeader("bearer", token).after("Bearer "));
  }

  static AuthHeader basic(String user, String password) {
    String pair = user + ":" + password;
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new AuthHeader(AUTHORIZATION, Secret.forHeader("basic", encoded).after("Basic "));
  }
}
