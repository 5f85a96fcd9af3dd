package io.peekgate.testkit;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test, by name, where a command that it drives is not installed. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresClient.Condition.class)
public @interface RequiresClient {
    /** The commands, as found in {@code PATH}. */
    String[] value();

    /** Looks for the commands. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return findAnnotation(context.getElement(), RequiresClient.class).stream()
                    .flatMap(required -> Arrays.stream(required.value()))
                    .filter(command -> !isInstalled(command))
                    .findFirst()
                    .map(command -> ConditionEvaluationResult.disabled("not installed: " + command))
                    .orElse(ConditionEvaluationResult.enabled("installed"));
        }

        private static boolean isInstalled(String command) {
            return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(directory -> new File(directory, command).canExecute());
        }
    }
}
