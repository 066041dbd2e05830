package dev.hookbus.sink.chroma;

/** What an answer means for what was sent, and so what is to be done. */
enum Fault {
  /** The request, or a record in it, can never be taken: find out which record it is. */
  BAD_RECORD,
  /** The collection was deleted or the server reset: look it up anew. */
  GONE,
  /** Stored or not, for now or for ever: try the same IDs again, but not without end. */
  SERVER_ERROR,
  /** The server has no time: try again, when it says so. */
  BUSY,
  /** Version, credentials or configuration: nothing works until somebody changes something. */
  MISCONFIGURED;

  static Fault ofStatus(int status) {
    return switch (status) {
      case 400, 413, 422 -> BAD_RECORD;
      case 404 -> GONE;
      case 408, 409, 425, 429, 502, 503, 504 -> BUSY;
      case 500 -> SERVER_ERROR;
      default -> MISCONFIGURED;
    };
  }
}
