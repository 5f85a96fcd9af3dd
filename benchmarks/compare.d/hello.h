// A ClientHello as a TLS 1.3 client sends it (RFC 8446 section 4.1.2), padded to 517 bytes (RFC 7685).
#ifndef HELLO_H
#define HELLO_H

#include "wire.h"

struct hello {
  uint8_t bytes[HELLO_SIZE];
  size_t size;
};

static inline void put(struct hello *h, const void *bytes, size_t size) {
  memcpy(h->bytes + h->size, bytes, size);
  h->size += size;
}

static inline void put16(struct hello *h, size_t value) {
  put(h, (uint8_t[]){(uint8_t)(value >> 8), (uint8_t)value}, 2);
}

static inline void put_extension(struct hello *h, size_t type, const void *body, size_t size) {
  put16(h, type);
  put16(h, size);
  put(h, body, size);
}

#define EXTENSION(h, type, ...) \
  put_extension(h, type, (uint8_t[]){__VA_ARGS__}, sizeof((uint8_t[]){__VA_ARGS__}))

static inline void put_server_name(struct hello *h, const char *name) {
  size_t length = strlen(name);
  put16(h, 0); // server_name, RFC 6066: a list of one entry of type host_name
  put16(h, length + 5);
  put16(h, length + 3);
  put(h, "\0", 1);
  put16(h, length);
  put(h, name, length);
}

#define HELLO_RANDOM 11     // record header 5, handshake header 4, legacy_version 2
#define HELLO_SESSION_ID 44 // the random's 32 bytes and the id's length

static inline struct hello build_hello(const char *name) {
  static const uint8_t suites[] = {0x13, 0x02, 0x13, 0x03, 0x13, 0x01, 0xc0, 0x2c, 0xc0, 0x30, 0xcc, 0xa9, 0xcc, 0xa8,
                                   0xc0, 0x2b, 0xc0, 0x2f, 0xc0, 0x24, 0xc0, 0x28, 0xc0, 0x23, 0xc0, 0x27, 0x00, 0xff};
  static const uint8_t zeros[HELLO_SIZE];
  struct hello h = {.size = 0};
  if (strlen(name) > 128) die("server name too long");
  put(&h, "\x16\x03\x01\x02\x00", 5); // handshake record of 512 bytes
  put(&h, "\x01\x00\x01\xfc", 4);     // client_hello of 508 bytes
  put(&h, "\x03\x03", 2);
  put(&h, zeros, 32); // random: stamped on each connection
  put(&h, "\x20", 1);
  put(&h, zeros, 32); // legacy_session_id: stamped as well
  put16(&h, sizeof suites);
  put(&h, suites, sizeof suites);
  put(&h, "\x01\x00", 2);                  // compression: null only
  put16(&h, HELLO_SIZE - h.size - 2);      // extensions, the rest of the hello
  put_server_name(&h, name);
  EXTENSION(&h, 11, 0x03, 0x00, 0x01, 0x02);                               // ec_point_formats
  EXTENSION(&h, 10, 0x00, 0x08, 0x00, 0x1d, 0x00, 0x17, 0x00, 0x18, 0x00, 0x19); // supported_groups
  put_extension(&h, 16, "\x00\x0c\x02h2\x08http/1.1", 14);                 // application_layer_protocol_negotiation
  put_extension(&h, 22, NULL, 0);                                          // encrypt_then_mac
  put_extension(&h, 23, NULL, 0);                                          // extended_master_secret
  EXTENSION(&h, 13, 0x00, 0x12, 0x04, 0x03, 0x05, 0x03, 0x06, 0x03, 0x08, 0x07, 0x08, 0x04, 0x08, 0x05, 0x08, 0x06,
            0x04, 0x01, 0x05, 0x01);                                       // signature_algorithms
  EXTENSION(&h, 43, 0x04, 0x03, 0x04, 0x03, 0x03);                         // supported_versions: 1.3, 1.2
  EXTENSION(&h, 45, 0x01, 0x01);                                           // psk_key_exchange_modes
  uint8_t share[38] = {0x00, 0x24, 0x00, 0x1d, 0x00, 0x20};                // key_share: one x25519 key
  memset(share + 6, 0x5a, 32);
  put_extension(&h, 51, share, sizeof share);
  put_extension(&h, 21, zeros, HELLO_SIZE - h.size - 4);                   // padding
  return h;
}

// No two connections send the same random: a proxy may take a repeated one for its own traffic coming back.
static inline void stamp_hello(struct hello *h) {
  static uint64_t serial;
  uint64_t state = now_ns() ^ (uint64_t)getpid() << 40 ^ ++serial;
  for (int at = 0; at < 32; at += 8) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    memcpy(h->bytes + HELLO_RANDOM + at, &state, 8);
    memcpy(h->bytes + HELLO_SESSION_ID + at, &state, 8);
  }
}

#endif
