package io.peekgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClientRandomTest {
    @Test
    void takes_its_32_bytes_and_no_other() {
        byte[] bytes = new byte[40];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) i);

        assertThat(ClientRandom.of(bytes, 4))
                .isEqualTo(new ClientRandom(
                        0x0405060708090a0bL, 0x0c0d0e0f10111213L, 0x1415161718191a1bL, 0x1c1d1e1f20212223L));
    }

    @Test
    void hashes_differ_wherever_a_client_lets_its_randoms_differ() {
        for (int shift = 0; shift < Long.SIZE - 10; shift++) {
            int by = shift;
            assertThat(LongStream.range(0, 1000)
                            .map(i -> new ClientRandom(i << by, 0, 0, 0).hashCode())
                            .distinct())
                    .hasSizeGreaterThan(990);
            assertThat(LongStream.range(0, 1000)
                            .map(i -> new ClientRandom(7, 7, 7, i << by).hashCode())
                            .distinct())
                    .hasSizeGreaterThan(990);
        }
    }
}
