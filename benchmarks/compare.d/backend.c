// The server behind every proxy: one epoll loop, one behaviour for each port.
// It reads the ClientHello, takes nothing from it, and never speaks TLS.
//
//   backend PORT     short = PORT, down = PORT+1, up = PORT+2, echo = PORT+3, hold = PORT+4, received = PORT+5
#include "wire.h"

enum behaviour { SHORT, DOWN, UP, ECHO, HOLD, RECEIVED, BEHAVIOURS };

struct peer {
  int fd;
  enum behaviour behaviour;
  int listening;
  uint32_t hello_left; // bytes of the hello that have not come yet; its header tells, once that is here
  uint32_t header_seen;
  uint8_t header[RECORD_HEADER];
  char *unsent; // echo only: what the socket would not take
  size_t unsent_size;
};

static int loop;
static uint64_t received; // bytes of all `up` streams after their hellos
static char scratch[CHUNK];
static char answer[ANSWER_SIZE];

static void hang_up(struct peer *p) {
  close(p->fd);
  free(p->unsent);
  free(p);
}

// Takes the hello off the front of what was read; returns how many bytes of it there were.
static size_t skip_hello(struct peer *p, const char *bytes, size_t size) {
  size_t used = 0;
  while (used < size && p->header_seen < RECORD_HEADER) {
    p->header[p->header_seen++] = (uint8_t)bytes[used++];
    if (p->header_seen == RECORD_HEADER) p->hello_left = (uint32_t)p->header[3] << 8 | p->header[4];
  }
  size_t rest = size - used < p->hello_left ? size - used : p->hello_left;
  p->hello_left -= (uint32_t)rest;
  return used + rest;
}

static int greeted(const struct peer *p) { return p->header_seen == RECORD_HEADER && p->hello_left == 0; }

// What a whole hello sets off. Returns 0 once the peer is gone.
static int welcome(struct peer *p) {
  switch (p->behaviour) {
  case SHORT:
    if (send(p->fd, answer, sizeof answer, 0) < 0 && !would_block()) perror("answer");
    hang_up(p);
    return 0;
  case HOLD:
    if (send(p->fd, "+", 1, 0) < 0 && !would_block()) perror("hold");
    return 1;
  case DOWN:
    watch(loop, EPOLL_CTL_MOD, p->fd, EPOLLOUT, p);
    return 1;
  default:
    return 1;
  }
}

static void echo(struct peer *p, const char *bytes, size_t size) {
  ssize_t sent = send(p->fd, bytes, size, 0);
  if (sent < 0) sent = 0;
  if ((size_t)sent == size) return;
  // Until the rest is out nothing more is read, so there is never more than one chunk to keep.
  p->unsent_size = size - (size_t)sent;
  p->unsent = malloc(p->unsent_size);
  if (!p->unsent) die("malloc");
  memcpy(p->unsent, bytes + sent, p->unsent_size);
  watch(loop, EPOLL_CTL_MOD, p->fd, EPOLLOUT, p);
}

static void readable(struct peer *p) {
  // The bytes of an upload are thrown away in the kernel, so that the backend is not what is measured.
  int discard = p->behaviour == UP && greeted(p) ? MSG_TRUNC : 0;
  ssize_t got = recv(p->fd, scratch, sizeof scratch, discard);
  if (got <= 0) {
    if (got == 0 || !would_block()) hang_up(p);
    return;
  }
  size_t start = 0;
  if (!greeted(p)) {
    start = skip_hello(p, scratch, (size_t)got);
    if (!greeted(p) || !welcome(p)) return;
  }
  size_t left = (size_t)got - start;
  if (p->behaviour == UP) received += left;
  if (p->behaviour == ECHO && left > 0) echo(p, scratch + start, left);
}

static void writable(struct peer *p) {
  const char *bytes = p->unsent ? p->unsent : scratch;
  size_t size = p->unsent ? p->unsent_size : sizeof scratch;
  ssize_t sent = send(p->fd, bytes, size, 0);
  if (sent < 0 && !would_block()) {
    hang_up(p);
    return;
  }
  if (sent <= 0 || !p->unsent) return;
  p->unsent_size -= (size_t)sent;
  memmove(p->unsent, p->unsent + sent, p->unsent_size);
  if (p->unsent_size > 0) return;
  free(p->unsent);
  p->unsent = NULL;
  watch(loop, EPOLL_CTL_MOD, p->fd, EPOLLIN, p);
}

static void adopt(int fd, enum behaviour behaviour, int listening) {
  struct peer *p = calloc(1, sizeof *p);
  if (!p) die("calloc");
  p->fd = fd;
  p->behaviour = behaviour;
  p->listening = listening;
  watch(loop, EPOLL_CTL_ADD, fd, EPOLLIN, p);
}

static void welcome_all(const struct peer *listener) {
  for (int n = 0; n < 64; n++) {
    int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    if (listener->behaviour == RECEIVED) {
      if (send(fd, &received, sizeof received, 0) < 0) perror("received");
      close(fd);
    } else {
      adopt(fd, listener->behaviour, 0);
    }
  }
}

static void open_port(int port, enum behaviour behaviour) {
  int one = 1, fd = tcp_socket(SOCK_NONBLOCK); // accepted sockets inherit TCP_NODELAY
  struct sockaddr_in address = loopback(port);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) die("bind");
  if (listen(fd, 4096) < 0) die("listen");
  adopt(fd, behaviour, 1);
}

int main(int argc, char **argv) {
  if (argc != 2) return fprintf(stderr, "usage: backend PORT\n"), 2;
  ready_process();
  loop = epoll_create1(EPOLL_CLOEXEC);
  memset(answer, 'a', sizeof answer);
  for (int b = 0; b < BEHAVIOURS; b++) open_port(atoi(argv[1]) + b, (enum behaviour)b);
  struct epoll_event events[EVENTS];
  for (;;) {
    int n = epoll_wait(loop, events, EVENTS, -1);
    for (int i = 0; i < n; i++) {
      struct peer *p = events[i].data.ptr;
      if (p->listening) welcome_all(p);
      else if (p->unsent || (events[i].events & EPOLLOUT)) writable(p);
      else readable(p);
    }
  }
}
