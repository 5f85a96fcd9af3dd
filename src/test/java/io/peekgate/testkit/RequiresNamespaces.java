package io.peekgate.testkit;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test where there can be no {@link Namespace} with packet filters: it takes root on Linux, and their tools. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresNamespaces.Condition.class)
public @interface RequiresNamespaces {

    /** Makes one, and looks at its filters. */
    final class Condition implements ExecutionCondition {
        private static final List<String> TOOLS = List.of("iptables-save", "ip6tables-save", "nft list ruleset");
        private static ConditionEvaluationResult found;

        @Override
        public synchronized ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (found == null) {
                found = probe();
            }
            return found;
        }

        private static ConditionEvaluationResult probe() {
            try (Namespace probe = Namespace.create("probe")) {
                for (String tool : TOOLS) {
                    probe.run(tool.split(" "));
                }
                return ConditionEvaluationResult.enabled("there can be namespaces");
            } catch (IOException | AssertionError e) {
                return ConditionEvaluationResult.disabled("no namespaces: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ConditionEvaluationResult.disabled("interrupted");
            }
        }
    }
}
