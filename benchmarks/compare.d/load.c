// The clients of the comparison: one epoll loop, plain sockets, no TLS. A hello goes first, then raw bytes.
//
//   load MODE -p PORT -n NAME [-c CONNECTIONS] [-r RAMP] [-t SECONDS] [-k COUNT] [-s SIZE] [-b BACKEND] [-u PID,PID…]
//
//   short  connect, hello, read the whole answer and the end, close; again and again
//   down   read as fast as it comes                    up    write as fast as it goes
//   ping   send SIZE bytes, wait for them to come back, again
//   hold   open CONNECTIONS and keep them until standard input ends; "held N" says that all are up
//   first  try until one connection is relayed; prints CLOCK_MONOTONIC then
//   hello  write the hello for NAME to standard output       cpu   CPU seconds used so far by the processes of -u
//
// A run is a ramp, a measured window of SECONDS (or COUNT connections), and a drain; it prints one JSON object.
// CPU is that of the processes of -u (all threads, user and system) between the ends of the window.
#include "hello.h"

enum mode { SHORT, DOWN, UP, PING, HOLD, FIRST, HELLO, CPU, MODES };
static const char *const mode_names[MODES] = {"short", "down", "up", "ping", "hold", "first", "hello", "cpu"};

#define MAX_PIDS 16
#define HOLD_WAVE 16 // a wave, so that what is held is measured and not the height of a burst
#define DRAIN_SECONDS 2.0

static struct {
  enum mode mode;
  int port, backend;
  const char *name;
  size_t connections, size;
  uint64_t count;
  double ramp, seconds;
  clockid_t clocks[MAX_PIDS];
  int processes;
} run = {.connections = 1, .size = 200, .seconds = 1};

struct conn {
  int fd; // -1: vacant
  int answered;
  uint32_t number; // its low byte fills this connection's messages
  size_t got;      // of the answer or of the message under way
  uint64_t sent_at;
};

static int loop;
static struct hello hello;
static struct conn *conns, **vacant;
static size_t vacancies, unanswered;
static uint64_t opened, done, errors, bytes;
static int closing; // the window is over: nothing new is begun
static char error_text[128];
static char scratch[CHUNK], message[CHUNK];
static uint32_t *latencies; // ns of each exchange
static size_t latency_count, latency_room;

static void fail(const char *what, int code) {
  errors++;
  if (!error_text[0]) snprintf(error_text, sizeof error_text, "%s: %s", what, code ? strerror(code) : "wrong bytes or early end");
}

static void vacate(struct conn *c) {
  close(c->fd);
  c->fd = -1;
  if (!c->answered) unanswered--;
  vacant[vacancies++] = c;
}

static void lose(struct conn *c, const char *what, int code) {
  fail(what, code);
  vacate(c);
}

static int all_alike(const char *buffer, size_t size, char expected) {
  return buffer[0] == expected && (size < 2 || memcmp(buffer, buffer + 1, size - 1) == 0);
}

// ---- what a connection does ----

static void send_message(struct conn *c) {
  memset(message, (char)c->number, run.size);
  c->got = 0;
  c->sent_at = now_ns();
  ssize_t sent = send(c->fd, message, run.size, 0);
  if (sent != (ssize_t)run.size) lose(c, "send message", sent < 0 ? errno : ENOBUFS);
}

// The hello goes out as soon as the connection is made; on loopback that is mostly at once.
static void greet(struct conn *c, int op) {
  stamp_hello(&hello);
  ssize_t sent = send(c->fd, hello.bytes, hello.size, 0);
  if (sent < 0 && would_block()) {
    watch(loop, op, c->fd, EPOLLOUT, c);
  } else if (sent != (ssize_t)hello.size) {
    lose(c, "send hello", sent < 0 ? errno : ENOBUFS);
  } else {
    c->sent_at = now_ns();
    watch(loop, op, c->fd, run.mode == UP ? EPOLLOUT : EPOLLIN, c);
    if (run.mode == PING) send_message(c);
  }
}

static void open_one(struct conn *c) {
  struct sockaddr_in address = loopback(run.port);
  *c = (struct conn){.fd = tcp_socket(SOCK_NONBLOCK), .number = (uint32_t)opened++};
  unanswered++;
  if (connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) lose(c, "connect", errno);
  else greet(c, EPOLL_CTL_ADD);
}

static void note_latency(uint64_t from) {
  if (latency_count == latency_room) {
    latency_room = latency_room ? latency_room * 2 : 1 << 16;
    latencies = realloc(latencies, latency_room * sizeof *latencies);
    if (!latencies) die("realloc");
  }
  uint64_t took = now_ns() - from;
  latencies[latency_count++] = took > UINT32_MAX ? UINT32_MAX : (uint32_t)took;
}

static void pong(struct conn *c, size_t size) {
  if (!all_alike(scratch, size, (char)c->number) || (c->got += size) > run.size) {
    lose(c, "echo", 0);
  } else if (c->got == run.size) {
    done++;
    note_latency(c->sent_at);
    if (!closing) send_message(c);
  }
}

// `short`: everything up to the end in one go, since the end mostly comes along with the answer.
static void answered(struct conn *c, ssize_t size) {
  while (size > 0) {
    if (!all_alike(scratch, (size_t)size, 'a')) c->got = ANSWER_SIZE + 1;
    c->got += (size_t)size;
    size = recv(c->fd, scratch, sizeof scratch, 0);
  }
  if (size < 0) {
    if (!would_block()) lose(c, "answer", errno);
  } else if (c->got != ANSWER_SIZE) {
    lose(c, "answer", 0);
  } else {
    done++;
    note_latency(c->sent_at);
    vacate(c);
  }
}

static void readable(struct conn *c) {
  // A download is thrown away in the kernel, so that the load is not what is measured.
  ssize_t got = recv(c->fd, scratch, sizeof scratch, run.mode == DOWN ? MSG_TRUNC : 0);
  if (got < 0) {
    if (!would_block()) lose(c, "receive", errno);
    return;
  }
  if (got == 0 && run.mode != SHORT) return lose(c, "receive", 0);
  if (!c->answered) {
    c->answered = 1;
    unanswered--;
  }
  switch (run.mode) {
  case SHORT: return answered(c, got);
  case PING: return pong(c, (size_t)got);
  case DOWN: bytes += (uint64_t)got; return;
  default: done++; return; // hold: the one byte that says the pair is relayed
  }
}

static void writable(struct conn *c) {
  if (c->sent_at == 0) return greet(c, EPOLL_CTL_MOD);
  ssize_t sent = send(c->fd, message, sizeof message, 0);
  if (sent < 0 && !would_block()) lose(c, "send", errno);
}

// ---- the run ----

static uint64_t opens_wanted(void) {
  if (closing) return 0;
  if (run.mode == SHORT) return run.count ? run.count : UINT64_MAX;
  return run.connections;
}

static void turn(void) {
  struct epoll_event events[EVENTS];
  size_t wave = run.mode == HOLD ? HOLD_WAVE : run.connections;
  uint64_t failed = errors;
  while (vacancies > 0 && unanswered < wave && opened < opens_wanted() && errors == failed) open_one(vacant[--vacancies]);
  int n = epoll_wait(loop, events, EVENTS, errors == failed ? 10 : 1);
  for (int i = 0; i < n; i++) {
    struct conn *c = events[i].data.ptr;
    if (events[i].events & EPOLLOUT) writable(c);
    else readable(c);
  }
}

static int complete(void) {
  if (closing) return run.mode != SHORT || vacancies == run.connections;
  if (run.mode == HOLD) return done + errors >= run.connections;
  return run.count && done + errors >= run.count;
}

static void run_for(double seconds) {
  uint64_t deadline = now_ns() + (uint64_t)(seconds * 1e9);
  while (!complete() && now_ns() < deadline) turn();
}

static int blocking_connect(int port) {
  struct timeval patience = {.tv_sec = 1};
  struct sockaddr_in address = loopback(port);
  int fd = tcp_socket(0);
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

static double cpu_seconds(void) {
  double sum = 0;
  for (int i = 0; i < run.processes; i++) {
    struct timespec t;
    if (clock_gettime(run.clocks[i], &t) < 0) die("the CPU clock of a process of -u");
    sum += (double)t.tv_sec + (double)t.tv_nsec / 1e9;
  }
  return sum;
}

// An upload counts where it arrives: what lies in buffers on the way is not yet relayed.
static uint64_t bytes_arrived(void) {
  uint64_t received = 0;
  if (run.mode != UP) return bytes;
  int fd = blocking_connect(run.backend + 5);
  if (fd < 0 || recv(fd, &received, sizeof received, MSG_WAITALL) != sizeof received) die("bytes received by the backend");
  close(fd);
  return received;
}

struct sample {
  uint64_t at, done, bytes;
  double cpu;
  size_t latencies;
};

static struct sample take_sample(void) {
  return (struct sample){.bytes = bytes_arrived(), .done = done, .latencies = latency_count, .cpu = cpu_seconds(), .at = now_ns()};
}

static int by_size(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static double percentile_us(const uint32_t *sorted, size_t count, double part) {
  return count ? sorted[(size_t)(part * (double)(count - 1))] / 1e3 : 0;
}

static void print_result(struct sample from, struct sample to) {
  uint32_t *window = latencies + from.latencies;
  size_t count = to.latencies - from.latencies;
  if (count) qsort(window, count, sizeof *window, by_size);
  printf("{\"mode\": \"%s\", \"seconds\": %.6f, \"cpu\": %.6f, \"done\": %llu, \"bytes\": %llu, \"p50_us\": %.1f, "
         "\"p99_us\": %.1f, \"errors\": %llu, \"error\": \"%s\"}\n",
         mode_names[run.mode], (double)(to.at - from.at) / 1e9, to.cpu - from.cpu, (unsigned long long)(to.done - from.done),
         (unsigned long long)(to.bytes - from.bytes), percentile_us(window, count, 0.5), percentile_us(window, count, 0.99),
         (unsigned long long)errors, error_text);
}

static void drain(void) {
  closing = 1;
  run_for(DRAIN_SECONDS);
  for (size_t i = 0; i < run.connections; i++) {
    if (conns[i].fd < 0) continue;
    if (run.mode == SHORT) fail("unfinished", ETIMEDOUT);
    close(conns[i].fd);
  }
}

// Keeps what is open until standard input ends, then sees that all of it still is.
static void hold(void) {
  printf("held %llu\n", (unsigned long long)done);
  fflush(stdout);
  while (read(STDIN_FILENO, scratch, 1) > 0) {}
  for (size_t i = 0; i < run.connections; i++)
    if (conns[i].fd >= 0 && (recv(conns[i].fd, scratch, 1, 0) >= 0 || !would_block())) fail("held connection", 0);
}

static void measure(void) {
  loop = epoll_create1(EPOLL_CLOEXEC);
  conns = calloc(run.connections, sizeof *conns);
  vacant = calloc(run.connections, sizeof *vacant);
  if (!conns || !vacant) die("calloc");
  for (size_t i = 0; i < run.connections; i++) {
    conns[i].fd = -1;
    vacant[vacancies++] = &conns[i];
  }
  run_for(run.ramp);
  struct sample from = take_sample();
  run_for(run.seconds);
  struct sample to = take_sample();
  if (run.mode == HOLD) hold();
  drain();
  print_result(from, to);
}

static int relayed_once(void) {
  int fd = blocking_connect(run.port);
  if (fd < 0) return 0;
  stamp_hello(&hello);
  int relayed = send(fd, hello.bytes, hello.size, 0) == (ssize_t)hello.size && recv(fd, scratch, 1, 0) == 1;
  close(fd);
  return relayed;
}

static void await_first(void) {
  uint64_t deadline = now_ns() + (uint64_t)(run.seconds * 1e9);
  while (!relayed_once()) {
    if (now_ns() > deadline) exit(1);
    usleep(500);
  }
  printf("%llu\n", (unsigned long long)now_ns());
}

static void take_processes(char *list) {
  for (char *pid = strtok(list, ","); pid && run.processes < MAX_PIDS; pid = strtok(NULL, ","))
    if (clock_getcpuclockid(atoi(pid), &run.clocks[run.processes++]) != 0) die("no process of that id");
}

static void take_option(int option) {
  switch (option) {
  case 'p': run.port = atoi(optarg); break;
  case 'n': run.name = optarg; break;
  case 'c': run.connections = (size_t)atol(optarg); break;
  case 'r': run.ramp = atof(optarg); break;
  case 't': run.seconds = atof(optarg); break;
  case 'k': run.count = (uint64_t)atoll(optarg); break;
  case 's': run.size = (size_t)atol(optarg); break;
  case 'b': run.backend = atoi(optarg); break;
  case 'u': take_processes(optarg); break;
  default: exit(2);
  }
}

int main(int argc, char **argv) {
  while (run.mode < MODES && (argc < 2 || strcmp(argv[1], mode_names[run.mode]))) run.mode++;
  if (run.mode == MODES) return fprintf(stderr, "usage: load short|down|up|ping|hold|first|hello|cpu …\n"), 2;
  optind = 2;
  for (int option; (option = getopt(argc, argv, "p:n:c:r:t:k:s:b:u:")) != -1;) take_option(option);
  if (run.size == 0 || run.size > CHUNK || run.connections == 0) return fprintf(stderr, "size or connections\n"), 2;
  ready_process();
  if (run.name) hello = build_hello(run.name);
  switch (run.mode) {
  case FIRST: await_first(); break;
  case HELLO: fwrite(hello.bytes, 1, hello.size, stdout); break;
  case CPU: printf("%.6f\n", cpu_seconds()); break;
  default: measure();
  }
  return 0;
}
