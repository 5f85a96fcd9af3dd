package io.peekgate.admin;

import io.peekgate.net.Addresses;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line of every change, and of every attempt at one, on the server log. */
final class Audit implements Route {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

    private final Route inside;

    Audit(Route inside) {
        this.inside = inside;
    }

    @Override
    public Answer answer(Ask ask) {
        Answer answer = inside.answer(ask);
        if (!ask.isSafe()) {
            LOG.info(
                    "{} {} from {}: {}{}",
                    ask.method(),
                    UNPRINTABLE.matcher(ask.path()).replaceAll("?"),
                    Addresses.text(ask.client()),
                    answer.status().code(),
                    answer.note().isEmpty()
                            ? ""
                            : ", " + UNPRINTABLE.matcher(answer.note()).replaceAll("?"));
        }
        return answer;
    }
}
