package io.peekgate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.demo.Answer;
import io.peekgate.demo.DemoClient;
import io.peekgate.demo.SelfSigned;
import io.peekgate.demo.TlsOrigin;
import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A gateway with an origin behind it, and somebody who has its page open and is logged in. */
final class AdminPage implements AutoCloseable {
    static final String NAME = "www.shop.example";
    static final String OTHER = "img.shop.example";

    private static final Pattern ANSWER = Pattern.compile("responded with a status of (4|503)");
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;

    private final SelfSigned certificate = SelfSigned.forNames(NAME, OTHER);
    private final TlsOrigin origin = new TlsOrigin(certificate);
    private final Path directory;
    private final Browser browser;
    private AdminGateway gateway;

    /** @param directory for the gateway's state and configuration */
    AdminPage(Path directory) throws Exception {
        this.directory = directory;
        this.gateway = start();
        this.browser = new Browser(WIDTH, HEIGHT);
        logIn();
    }

    private AdminGateway start() throws Exception {
        return new AdminGateway(
                directory,
                "listeners=[{ bind = \"127.0.0.1:0\", allow-ports = [], default-port = "
                        + origin.address().getPort() + " },"
                        + "{ name = lab, bind = \"127.0.0.1:0\", allow-ports = [] }]",
                "destinations={ allow = [\"127.0.0.0/8\"], deny-self = false }",
                "dns.overrides={ \"" + NAME + "\" = [\"127.0.0.1\"], \"" + OTHER + "\" = [\"127.0.0.1\"] }");
    }

    /** As somebody does who comes for the first time. */
    private void logIn() throws IOException {
        browser.open(url());
        browser.type("#token", gateway.token());
        browser.click("#login button[type=submit]");
        browser.awaitShown("main[data-screen=overview]");
    }

    /** Ends the gateway and starts another in its place, at other ports; who is logged in stays so. */
    void restart() throws Exception {
        gateway.close();
        gateway = start();
        browser.open(url());
        browser.awaitShown("main[data-screen=overview]");
    }

    /** From now on the page reads nothing anew every ten seconds, which would hide that a change is not shown at once. */
    void lookNoMore() {
        browser.value("void (later => {"
                + " window.setTimeout = (work, millis) => millis >= 10_000 ? 0 : later(work, millis);"
                + " })(setTimeout)");
    }

    String url() {
        return "http://127.0.0.1:" + gateway.admin().getPort() + "/";
    }

    /** Goes to a screen by its link. */
    void go(String screen) {
        browser.click("header.bar nav a[href='#/" + screen + "']");
        browser.awaitShown("main[data-screen=" + screen + "]");
    }

    /** Adds rules as somebody does by hand, a pattern a line. */
    void addRules(String lines) {
        browser.click("#add-rules");
        browser.type("#add-patterns", lines);
        browser.click("dialog [data-do=save]");
        browser.awaitGone("dialog");
    }

    /** A TLS client's visit through the gateway to the origin. */
    Answer visit(String name) {
        return new DemoClient(gateway.address(), certificate.context()).get(name, "/");
    }

    Browser browser() {
        return browser;
    }

    AdminGateway gateway() {
        return gateway;
    }

    @Override
    public void close() throws Exception {
        List<String> complaints = browser.complaints();
        browser.close();
        gateway.close();
        origin.close();
        assertThat(complaints).allMatch(complaint -> ANSWER.matcher(complaint).find(), "is an answer");
    }
}
