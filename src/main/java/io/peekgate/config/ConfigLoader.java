package io.peekgate.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Loads the configuration: overrides over environment over files, the last first, over the built-in defaults. It is
 * written in HOCON. An environment variable {@code CONFIG_FORCE_peekgate_a_b__c} overrides the key {@code a.b-c}. No
 * file is ever written.
 */
public final class ConfigLoader {
    private static final String ROOT = "peekgate";
    private static final Path DEFAULT_FILE = Path.of("conf", "peekgate.conf");

    /** {@code [::1]:443} is no list. */
    private static final Pattern HOCON = Pattern.compile("\\[.*]|\\{.*}|\".*\"", Pattern.DOTALL);

    /** By list, under which name the defaults of its items stand. */
    private static final Map<String, String> KINDS_OF_ITEMS =
            Map.of("listeners", "listener", "policy.rules", "rule", "policy.tests", "test");

    private final Problems problems = new Problems();
    private final Set<Path> touched = new TreeSet<>();
    private final Path home;

    /**
     * What was loaded, and from where.
     *
     * @param settings every value in effect, by key, defaults of list items among them
     * @param files what may change it: files that were read or that a value names, and patterns of such files
     */
    public record Loaded(ProxyConfig config, List<Setting> settings, Set<Path> files) {}

    private ConfigLoader(Path home) {
        this.home = home;
    }

    /** What is loaded where no file is named: {@code conf/peekgate.conf} of the working directory, if it is there. */
    public static List<Path> defaultFiles() {
        return Files.exists(DEFAULT_FILE) ? List.of(DEFAULT_FILE) : List.of();
    }

    /**
     * Loads and validates.
     *
     * @param files what a later one says counts; none: the built-in defaults alone. A path in a file is relative to that
     *     file, the built-in {@code rules.d} to the first file or else the working directory
     * @param overrides each {@code key=value}, the key with or without the root {@code peekgate}. A value within
     *     brackets, braces or quotes is HOCON, any other is taken as it stands
     * @throws InvalidConfigException naming all that is wrong
     */
    public static ProxyConfig load(List<Path> files, List<String> overrides) {
        return loadAll(files, overrides).config();
    }

    /** The same with where each value came from. */
    public static Loaded loadAll(List<Path> files, List<String> overrides) {
        Path home = files.isEmpty() ? Path.of("") : files.get(0).resolveSibling("");
        return new ConfigLoader(home).read(files, overrides);
    }

    /** What holds for a kind of list item where it says nothing else. */
    static Node itemDefaults(String kind) {
        Config items = ConfigFactory.parseResources(ConfigLoader.class, "defaults.conf")
                .getConfig("items." + kind);
        return HoconNode.root(items, Path.of(""), path -> {});
    }

    private Loaded read(List<Path> files, List<String> overrides) {
        Config shipped = ConfigFactory.parseResources(ConfigLoader.class, "defaults.conf");
        List<Config> layers = new ArrayList<>(List.of(shipped.withOnlyPath(ROOT)));
        files.forEach(file -> parse(file).ifPresent(layers::add));
        layers.add(ConfigFactory.systemEnvironmentOverrides().withOnlyPath(ROOT));
        overrides.forEach(override -> override(override).ifPresent(layers::add));
        problems.throwIfAny();
        Config all =
                layers.stream().reduce((low, high) -> high.withFallback(low)).orElseThrow();
        Optional<Config> resolved = attempt("configuration", all::resolve);
        problems.throwIfAny();
        ProxyConfig config = read(node(resolved.orElseThrow()), node(shipped.getConfig("items")));
        problems.throwIfAny();
        Config effective = resolved.orElseThrow().getConfig(ROOT);
        effective.entrySet().forEach(included -> addFile(included.getValue().origin()));
        Config whole = withItemDefaults(effective, shipped.getConfig("items"));
        return new Loaded(config, node(whole).settings().toList(), Set.copyOf(touched));
    }

    private static Config withItemDefaults(Config effective, Config defaults) {
        Config whole = effective;
        for (Map.Entry<String, String> kind : KINDS_OF_ITEMS.entrySet()) {
            ConfigList written = effective.getList(kind.getKey());
            List<ConfigValue> items = written.stream()
                    .map(item -> item.withFallback(defaults.getObject(kind.getValue())))
                    .toList();
            ConfigValue filled = ConfigValueFactory.fromIterable(items).withOrigin(written.origin());
            whole = whole.withValue(kind.getKey(), filled);
        }
        return whole;
    }

    private void addFile(ConfigOrigin origin) {
        if (origin.filename() != null && origin.resource() == null) {
            touched.add(Path.of(origin.filename()));
        }
    }

    private HoconNode node(Config config) {
        return HoconNode.root(config, home, touched::add);
    }

    private ProxyConfig read(Node root, Node itemDefaults) {
        Section file = Section.of(root, Optional.empty(), problems);
        PolicyReader policies = new PolicyReader(itemDefaults, this::ruleFile);
        ProxyConfig config = new ConfigReader(itemDefaults, policies).read(file.section(ROOT));
        file.refuseUnknownKeys();
        return config;
    }

    private Optional<Node> ruleFile(Path file) {
        return parse(file)
                .flatMap(parsed -> attempt(file.toString(), parsed::resolve))
                .map(this::node);
    }

    private Optional<Config> parse(Path file) {
        touched.add(file);
        if (!Files.exists(file) || Files.isDirectory(file)) {
            problems.add(new Problem(file.toString(), 0, "", "no such file"));
            return Optional.empty();
        }
        ConfigParseOptions options = ConfigParseOptions.defaults().setAllowMissing(false);
        return attempt(file.toString(), () -> ConfigFactory.parseFile(file.toFile(), options));
    }

    private Optional<Config> override(String override) {
        String place = "--set " + override;
        int equals = override.indexOf('=');
        if (equals < 1) {
            problems.add(new Problem(place, 0, "", "key=value is expected"));
            return Optional.empty();
        }
        String key = override.substring(0, equals).strip();
        String value = override.substring(equals + 1).strip();
        String path = key.startsWith(ROOT + '.') ? key : ROOT + '.' + key;
        return attempt(place, () -> overrideValue(value, place).atPath(path));
    }

    private static ConfigValue overrideValue(String value, String place) {
        if (!HOCON.matcher(value).matches()) {
            return ConfigValueFactory.fromAnyRef(value, place);
        }
        ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(place);
        return ConfigFactory.parseString("value = " + value, options).getValue("value");
    }

    private Optional<Config> attempt(String place, Supplier<Config> step) {
        try {
            return Optional.of(step.get());
        } catch (ConfigException e) {
            problems.add(problem(place, e));
            return Optional.empty();
        }
    }

    /** The library's message begins with the place and, for a cycle of includes, ends with a page of trace. */
    private static Problem problem(String place, ConfigException e) {
        ConfigOrigin origin = e.origin();
        if (origin == null) {
            return new Problem(place, 0, "", e.getMessage());
        }
        String message = e.getMessage().replace(origin.description() + ": ", "").replaceFirst("(?s)\\. Trace: .*", "");
        return new Problem(
                origin.filename() == null ? place : HoconNode.file(origin), HoconNode.line(origin), "", message);
    }
}
