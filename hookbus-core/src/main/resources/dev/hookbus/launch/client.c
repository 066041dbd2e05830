/*
 * Has a hook run by the resident process, or by the command's script if that process is gone, busy
 * or stuck.
 *
 * client RESIDENT HOOK PATIENCE SCRIPT ARGUMENT...
 *
 *   RESIDENT  the process's socket, without ".socket"
 *   HOOK      the file that says what the command runs
 *   PATIENCE  how many milliseconds the process may take to take the call
 *   SCRIPT    started instead, by sh, with the arguments, the same stdin, and FALLBACK set
 *
 * The event goes into a file beside the socket. The process takes the call by renaming that file;
 * whoever can rename it has the call, so that it is run once.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define FALLBACK "HOOKBUS_FALLBACK"
#define START_ONE "start"
#define START_NONE "none"
#define TRY_AGAIN "-Dhookbus.retry="

enum { RESIDENT = 1, HOOK, PATIENCE, SCRIPT, ID_LENGTH = 36, USAGE = 64 };

/* Of the 1.47 seconds that hosts leave between asking and killing; the process needs one of them. */
enum { LAST_MILLISECONDS = 1200 };

static char **arguments; /* as this process was given them */
static char socket_path[sizeof(((struct sockaddr_un *)0)->sun_path)];
static char id[ID_LENGTH + 1];
static char call_path[4096];
static char kept_path[4096 + 8];
static volatile sig_atomic_t ending;

static void end(int signal_number) {
  (void)signal_number;
  ending = 1;
}

static void on_signals(void (*handler)(int)) {
  static const int signals[] = {SIGHUP, SIGINT, SIGTERM};
  struct sigaction action = {.sa_handler = handler};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    sigaction(signals[i], &action, NULL);
  }
}

/* Becomes the script. */
static void fall_back(const char *how) {
  on_signals(SIG_DFL);
  unlink(kept_path);
  setenv(FALLBACK, how, 1);
  arguments[SCRIPT - 1] = "sh";
  execv("/bin/sh", arguments + SCRIPT - 1);
  _exit(127);
}

/* Whether nobody has taken the call, and nobody will. */
static int keep_call(void) {
  return rename(call_path, kept_path) == 0;
}

static void fall_back_unless_taken(const char *how) {
  if (keep_call()) {
    fall_back(how);
  }
}

static void try_again(void) {
  char how[sizeof TRY_AGAIN + ID_LENGTH];
  fall_back_unless_taken(START_NONE);
  snprintf(how, sizeof how, "%s%s", TRY_AGAIN, id);
  fall_back(how);
}

/* Whether a place is this user's alone. */
static int is_private(const char *path, mode_t type, mode_t others) {
  struct stat status;
  return lstat(path, &status) == 0 && (status.st_mode & S_IFMT) == type &&
         status.st_uid == geteuid() && (status.st_mode & others) == 0;
}

static int make_paths(const char *resident) {
  char directory[sizeof call_path];
  const char *slash = strrchr(resident, '/');
  size_t length = slash == NULL ? 0 : (size_t)(slash - resident);
  if (length == 0 || length >= sizeof directory - ID_LENGTH - 2 ||
      snprintf(socket_path, sizeof socket_path, "%s.socket", resident) >=
          (int)sizeof socket_path) {
    return 0;
  }
  memcpy(directory, resident, length);
  directory[length] = '\0';
  int random = open("/proc/sys/kernel/random/uuid", O_RDONLY | O_CLOEXEC);
  int complete = random >= 0 && read(random, id, ID_LENGTH) == ID_LENGTH;
  close(random);
  snprintf(call_path, sizeof call_path, "%.*s/%s", (int)length, directory, id);
  snprintf(kept_path, sizeof kept_path, "%s.kept", call_path);
  return complete && is_private(directory, S_IFDIR, 077) && is_private(socket_path, S_IFSOCK, 0);
}

static int write_all(int file, const char *text, size_t length) {
  while (length > 0) {
    ssize_t written = write(file, text, length);
    if (written < 0 && errno != EINTR) {
      return 0;
    }
    if (written > 0) {
      text += written;
      length -= (size_t)written;
    }
  }
  return 1;
}

/* Makes stdin a file with the same content, which can be read twice. */
static int save_stdin(void) {
  static char block[1 << 16];
  int file = open(call_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    return 0;
  }
  for (;;) {
    ssize_t count = read(STDIN_FILENO, block, sizeof block);
    if (count == 0 || (count < 0 && errno != EINTR)) {
      break;
    }
    if (count > 0 && !write_all(file, block, (size_t)count)) {
      break; /* what is cut is no event: the hook's policy says what becomes of it */
    }
  }
  lseek(file, 0, SEEK_SET);
  return dup2(file, STDIN_FILENO) == STDIN_FILENO;
}

/* A connection on which this was asked; -1 if nobody listens, -2 if nobody can at the moment. */
static int ask(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  char request[8192];
  int length =
      snprintf(request, sizeof request, "GET /%s HTTP/1.1\r\nHook: %s\r\n\r\n", path, arguments[HOOK]);
  /* A stopped process has a queue of connections that may be full. */
  int process = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  memcpy(address.sun_path, socket_path, sizeof socket_path);
  if (process < 0 || length >= (int)sizeof request ||
      connect(process, (struct sockaddr *)&address, sizeof address) < 0) {
    return errno == ECONNREFUSED || errno == ENOENT ? -1 : -2;
  }
  return send(process, request, (size_t)length, MSG_NOSIGNAL) == length ? process : -2;
}

/* The answer in hand; the process sends one for the case that it hangs, and later a better one. */
static struct {
  char *text;
  size_t length;
  int better_within; /* milliseconds; 0 if none will come */
} answer;

/* Takes the answers that are there to their end: CODE MILLISECONDS, marked lines, and a dot. */
static size_t take_answers(const char *text, size_t length) {
  static const char end[] = "\n.\n";
  size_t taken = 0;
  const char *end_of_one;
  while ((end_of_one = memmem(text + taken, length - taken, end, sizeof end - 1)) != NULL) {
    size_t size = (size_t)(end_of_one - text) + 1 - taken;
    char *copy = malloc(size + 1);
    if (copy == NULL) {
      break;
    }
    memcpy(copy, text + taken, size);
    copy[size] = '\0';
    free(answer.text);
    answer.text = copy;
    answer.length = size;
    char *code_end;
    strtol(copy, &code_end, 10);
    answer.better_within = atoi(code_end);
    taken += size + sizeof end - 2;
  }
  return taken;
}

static long now(void) {
  struct timespec clock;
  clock_gettime(CLOCK_MONOTONIC, &clock);
  return clock.tv_sec * 1000 + clock.tv_nsec / 1000000;
}

/*
 * Whether there is an answer to give: the last one, or the one for the case that none follows in
 * time, of which no more than that many milliseconds are left. There is none if the process is
 * gone, or when this one is told to end.
 */
static int read_answer(int process, int longest) {
  static const char ok[] = "HTTP/1.1 200 ";
  size_t capacity = 1 << 14, length = 0;
  char *text = malloc(capacity);
  int in_body = 0;
  long until = now() + (answer.text == NULL ? atoi(arguments[PATIENCE]) : longest);
  while (text != NULL) { /* without memory there is none */
    struct pollfd readable = {.fd = process, .events = POLLIN};
    long left = until - now();
    int ready = poll(&readable, 1, until < 0 ? -1 : left < 0 ? 0 : (int)left);
    if (ending) {
      break;
    }
    if (ready == 0 && answer.text != NULL) {
      return 1;
    }
    if (ready == 0) {
      fall_back_unless_taken(START_NONE);
      until = -1; /* whoever has taken it answers, or dies */
    }
    if (ready <= 0) {
      continue;
    }
    ssize_t count = read(process, text + length, capacity - length - 1);
    if (count <= 0) {
      break;
    }
    length += (size_t)count;
    text[length] = '\0';
    if (!in_body) {
      char *body = strstr(text, "\r\n\r\n");
      if (body == NULL || strncmp(text, ok, sizeof ok - 1) != 0) {
        continue;
      }
      in_body = 1;
      length -= (size_t)(body + 4 - text);
      memmove(text, body + 4, length);
    }
    size_t taken = take_answers(text, length);
    if (taken > 0 && answer.better_within == 0) {
      return 1;
    }
    if (taken > 0) {
      length -= taken;
      memmove(text, text + taken, length);
      until = now() + (answer.better_within < longest ? answer.better_within : longest);
    }
    if (length == capacity - 1) {
      capacity *= 2;
      text = realloc(text, capacity);
    }
  }
  return 0;
}

/* Prints the lines with that mark, and gives back the exit code, which is the first line. */
static int print(const char *body, const char *end_of_body, char mark, int file) {
  char *text = malloc((size_t)(end_of_body - body) + 1);
  size_t length = 0;
  const char *line = memchr(body, '\n', (size_t)(end_of_body - body));
  while (text != NULL && line != NULL && ++line < end_of_body) {
    const char *next = memchr(line, '\n', (size_t)(end_of_body - line));
    const char *line_end = next == NULL ? end_of_body : next + 1;
    if (*line == mark) {
      memcpy(text + length, line + 1, (size_t)(line_end - line - 1));
      length += (size_t)(line_end - line - 1);
    }
    line = next;
  }
  write_all(file, text, text == NULL ? 0 : length);
  free(text);
  return atoi(body);
}

int main(int count, char **values) {
  if (count <= SCRIPT) {
    return USAGE;
  }
  arguments = values;
  if (!make_paths(values[RESIDENT])) {
    fall_back(START_ONE);
  }
  if (!save_stdin()) {
    fall_back(START_NONE);
  }
  on_signals(end);
  char path[128];
  snprintf(path, sizeof path, "run/%s/%ld/%d", id, (long)getpid(), count - SCRIPT - 1);
  int process = ask(path);
  if (process < 0) {
    fall_back_unless_taken(process == -1 ? START_ONE : START_NONE);
    try_again();
  }
  int answered = read_answer(process, INT_MAX);
  if (ending) { /* told to end: so is the handler, and what it then answers counts */
    on_signals(SIG_IGN);
    ending = 0;
    snprintf(path, sizeof path, "end/%s", id);
    process = ask(path);
    answered = (process >= 0 || (process == -2 && answer.text != NULL)) &&
               read_answer(process, LAST_MILLISECONDS);
  }
  if (!answered) {
    try_again();
  }
  print(answer.text, answer.text + answer.length, '>', STDOUT_FILENO);
  return print(answer.text, answer.text + answer.length, '!', STDERR_FILENO);
}
