package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.demo.SelfSigned;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresClient({"nginx", "curl"})
class NginxOriginIT {
    private static final String HOST = "www.example.test";

    @TempDir
    private Path directory;

    private NginxOrigin origin;
    private Curl curl;

    @BeforeEach
    void start() throws Exception {
        SelfSigned certificate = SelfSigned.forNames(HOST);
        origin = new NginxOrigin(certificate);
        curl = new Curl(origin.address(), Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem()));
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
    }

    @Test
    void serves_curl_by_http_2() throws Exception {
        assertThat(curl.get(HOST, "/", "--http2", "-w", "%{http_version}"))
                .isEqualTo(new ClientRun(0, NginxOrigin.GREETING + "2", ""));
    }

    @Test
    void serves_its_large_file_byte_for_byte() throws Exception {
        assertThat(curl.get(HOST, "/large", "--http2").outBytes()).isEqualTo(NginxOrigin.large());
    }

    @Test
    void is_gone_after_its_close() throws Exception {
        NginxOrigin other = new NginxOrigin(SelfSigned.forNames(HOST));
        other.close();

        assertThatThrownBy(() -> new Socket().connect(other.address())).isInstanceOf(ConnectException.class);
    }
}
