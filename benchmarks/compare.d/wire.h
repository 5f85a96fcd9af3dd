// What the load and the backend share: the ClientHello on the wire, sockets, clocks.
#ifndef WIRE_H
#define WIRE_H
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HELLO_SIZE 517     // the size many clients pad to (RFC 7685)
#define RECORD_HEADER 5
#define ANSWER_SIZE 1024   // what the `short` backend says before it closes
#define CHUNK (128 * 1024) // one send or receive of the bulk modes
#define EVENTS 256

static inline void die(const char *what) {
  perror(what);
  exit(1);
}

static inline uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline struct sockaddr_in loopback(int port) {
  return (struct sockaddr_in){.sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static inline int tcp_socket(int flags) {
  int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
  if (fd < 0) die("socket");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

static inline void watch(int epoll, int op, int fd, uint32_t events, void *owner) {
  struct epoll_event e = {.events = events, .data.ptr = owner};
  if (epoll_ctl(epoll, op, fd, &e) < 0) die("epoll_ctl");
}

static inline int would_block(void) { return errno == EAGAIN || errno == EWOULDBLOCK; }

static inline void ready_process(void) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
}

#endif
