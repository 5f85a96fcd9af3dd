package io.peekgate;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the packages may never do. Where a rule is in the way, the shape is to be thought over, not the rule. */
@AnalyzeClasses(packages = "io.peekgate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] VERBS = {
        "io.peekgate.peek..", "io.peekgate.route..", "io.peekgate.dial..", "io.peekgate.relay..", "io.peekgate.report.."
    };
    private static final String[] CONNECTION_PATH = {
        "io.peekgate.model..",
        "io.peekgate.peek..",
        "io.peekgate.route..",
        "io.peekgate.dial..",
        "io.peekgate.relay..",
        "io.peekgate.server.."
    };
    private static final String ALL_CONNECTIONS = "io\\.peekgate\\.server\\.(Sessions|AcceptRate|Listener).*";

    @ArchTest
    static final ArchRule packages_form_no_cycles =
            slices().matching("io.peekgate.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_nouns_know_only_java = classes()
            .that()
            .resideInAPackage("io.peekgate.model..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.peekgate.model..", "java.."));

    @ArchTest
    static void verbs_know_only_the_nouns_and_the_net(JavaClasses classes) {
        for (String verb : VERBS) {
            noClasses()
                    .that()
                    .resideInAPackage(verb)
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.peekgate..")
                            .and(not(resideInAnyPackage(verb, "io.peekgate.model..", "io.peekgate.net.."))))
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule the_server_knows_no_configuration = noClasses()
            .that()
            .resideInAPackage("io.peekgate.server..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.peekgate.config..", "io.peekgate.rules..", "io.peekgate.cli..", "io.peekgate.boot.."));

    @ArchTest
    static final ArchRule the_configuration_knows_nothing_of_the_rest = noClasses()
            .that()
            .resideInAPackage("io.peekgate.config..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.peekgate..").and(not(resideInAPackage("io.peekgate.config.."))));

    @ArchTest
    static final ArchRule interception_knows_only_itself = noClasses()
            .that()
            .resideInAPackage("io.peekgate.intercept..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.peekgate..").and(not(resideInAPackage("io.peekgate.intercept.."))));

    @ArchTest
    static final ArchRule only_the_parser_uses_bouncy_castle =
            onlyIn("io\\.peekgate\\.peek\\.HelloParser.*", "org.bouncycastle..");

    @ArchTest
    static final ArchRule only_the_loader_uses_typesafe_config =
            onlyIn("io\\.peekgate\\.config\\.(ConfigLoader|HoconNode).*", "com.typesafe..");

    @ArchTest
    static final ArchRule json_is_written_for_people_who_ask_and_read_where_rules_are = onlyIn(
            "io\\.peekgate\\.((report|cli|rules|admin|explain)\\..*|config\\.(Json|Rule|State).*)", "tools.jackson..");

    @ArchTest
    static final ArchRule only_the_meters_and_their_endpoint_use_micrometer = onlyIn(
            "io\\.peekgate\\.(report\\.(Proxy|Listener)Metrics|admin\\.).*", "io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule only_the_endpoint_speaks_http =
            onlyIn("io\\.peekgate\\.admin\\..*", "io.netty.handler.codec.http..");

    @ArchTest
    static final ArchRule the_endpoint_is_nothing_to_connections = noClasses()
            .that()
            .resideInAnyPackage(CONNECTION_PATH)
            .or()
            .resideInAPackage("io.peekgate.report..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.peekgate.admin.."));

    @ArchTest
    static final ArchRule native_sockets_stay_in_net = onlyIn(
            "io\\.peekgate\\.(net\\..*|relay\\.(Epoll|Pipe).*)",
            "io.netty.channel.epoll..",
            "io.netty.channel.kqueue..",
            "io.netty.channel.unix..");

    @ArchTest
    static final ArchRule rules_and_configuration_never_see_netty = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.peekgate.model..", "io.peekgate.route..", "io.peekgate.rules..", "io.peekgate.config..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.netty.."));

    @ArchTest
    static final ArchRule stages_never_log = noClasses()
            .that()
            .resideInAnyPackage(CONNECTION_PATH)
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.slf4j..", "ch.qos.logback.."));

    @ArchTest
    static final ArchRule peek_route_and_report_never_close_a_channel = noClasses()
            .that()
            .resideInAnyPackage("io.peekgate.peek..", "io.peekgate.route..", "io.peekgate.report..")
            .should()
            .callMethodWhere(target(name("close"))
                    .and(target(owner(assignableTo(ChannelOutboundInvoker.class).or(assignableTo(Channel.class))))));

    @ArchTest
    static final ArchRule a_connections_path_takes_no_lock = methods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(CONNECTION_PATH).and(not(nameMatching(ALL_CONNECTIONS))))
            .should()
            .notHaveModifier(SYNCHRONIZED);

    @ArchTest
    static final ArchRule a_connections_path_shares_no_state = fields().that()
            .areDeclaredInClassesThat(resideInAnyPackage(CONNECTION_PATH).and(not(nameMatching(ALL_CONNECTIONS))))
            .should()
            .notHaveModifier(VOLATILE);

    @ArchTest
    static final ArchRule a_connections_path_never_waits = noClasses()
            .that(resideInAnyPackage(CONNECTION_PATH).and(not(nameMatching(ALL_CONNECTIONS))))
            .should()
            .callMethodWhere(target(nameMatching("sync|syncUninterruptibly|await|awaitUninterruptibly|sleep|join"))
                    .and(target(owner(resideInAnyPackage("io.netty..", "java.lang", "java.util.concurrent.."))))
                    .and(target(owner(not(type(String.class))))));

    @ArchTest
    static final ArchRule nothing_is_hidden_in_attributes_or_shared_handlers = noClasses()
            .should()
            .dependOnClassesThat(assignableTo(AttributeKey.class))
            .orShould()
            .beAnnotatedWith(ChannelHandler.Sharable.class);

    @ArchTest
    static final ArchRule nobody_uses_nettys_own_splice =
            noClasses().should().callMethodWhere(target(name("spliceTo")));

    private static ArchRule onlyIn(String users, String... packages) {
        return noClasses().that(not(nameMatching(users))).should().dependOnClassesThat(resideInAnyPackage(packages));
    }

    @Test
    void no_source_file_is_longer_than_250_lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            List<String> tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > 250)
                    .map(Path::toString)
                    .filter(file -> !file.endsWith("CloseReason.java"))
                    .toList();
            assertThat(tooLong).isEmpty();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
