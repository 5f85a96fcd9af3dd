package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

class RequiresClientTest {
    @RequiresClient({"sh", "no-such-client"})
    private static final class Absent {}

    @RequiresClient("sh")
    private static final class Present {}

    @Test
    void names_the_client_that_is_absent() {
        ConditionEvaluationResult result = evaluate(Absent.class);

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).hasValue("not installed: no-such-client");
    }

    @Test
    void runs_where_the_client_is_installed() {
        assertThat(evaluate(Present.class).isDisabled()).isFalse();
    }

    private static ConditionEvaluationResult evaluate(AnnotatedElement test) {
        Object context = Proxy.newProxyInstance(
                ExtensionContext.class.getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (proxy, method, arguments) -> Optional.of(test));
        return new RequiresClient.Condition().evaluateExecutionCondition((ExtensionContext) context);
    }
}
