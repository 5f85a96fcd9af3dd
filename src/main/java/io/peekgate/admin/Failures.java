package io.peekgate.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.InvalidConfigException;
import io.peekgate.rules.InvalidRulesException;
import io.peekgate.rules.RuleEditException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when its request could not be done. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Answer answer(Exception failure) {
        if (failure instanceof Problem problem) {
            return problem.answer();
        }
        if (failure instanceof RuleEditException edit) {
            return Problem.of(status(edit.kind()), edit.getMessage());
        }
        if (failure instanceof InvalidConfigException || failure instanceof InvalidRulesException) {
            return Problem.of(HttpResponseStatus.BAD_REQUEST, failure.getMessage());
        }
        if (failure instanceof UncheckedIOException) {
            return Problem.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, failure.getMessage());
        }
        if (failure instanceof TimeoutException) {
            return Problem.of(HttpResponseStatus.SERVICE_UNAVAILABLE, "the gateway did not answer in time; try again");
        }
        LOG.error("A request of the admin API failed", failure);
        return Problem.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "failed; the server log has more");
    }

    private static HttpResponseStatus status(RuleEditException.Kind kind) {
        return switch (kind) {
            case NO_SUCH_RULE -> HttpResponseStatus.NOT_FOUND;
            case CHANGED -> HttpResponseStatus.PRECONDITION_FAILED;
        };
    }
}
