package dev.hookbus.sink.http;

/**
 * What each status means.
 *
 * @param retryCredentials whether 401 and 403 are retried
 * @param retryServerErrors whether every 5xx is retried, or only 502, 503 and 504
 * @param retryTimeouts whether 408 and 425 are retried
 */
record StatusRules(boolean retryCredentials, boolean retryServerErrors, boolean retryTimeouts) {

  static StatusRules of(
      HttpProfile profile, boolean retryCredentials, boolean otlpRetryAllServerErrors) {
    boolean otlp = profile == HttpProfile.OTLP;
    return new StatusRules(retryCredentials, !otlp || otlpRetryAllServerErrors, !otlp);
  }

  Verdict judge(int status) {
    return switch (status) {
      case 409 -> Verdict.DELIVERED; // the receiver has this ID already
      case 429, 502, 503, 504 -> Verdict.RETRY;
      case 408, 425 -> retryTimeouts ? Verdict.RETRY : Verdict.REFUSED;
      case 401, 403 -> retryCredentials ? Verdict.RETRY : Verdict.REFUSED;
      case 400, 413, 422 -> Verdict.POISON;
      default -> judgeClass(status);
    };
  }

  private Verdict judgeClass(int status) {
    return switch (status / 100) {
      case 2 -> Verdict.DELIVERED;
      case 4 -> Verdict.REFUSED;
      case 5 -> retryServerErrors ? Verdict.RETRY : Verdict.REFUSED;
      // A redirect is a proxy's or an operator's passing mistake; events wait for its end.
      default -> Verdict.RETRY;
    };
  }
}
