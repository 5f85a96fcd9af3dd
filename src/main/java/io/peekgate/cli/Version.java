package io.peekgate.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Peekgate this is, as its jar says. */
final class Version implements IVersionProvider {
    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"peekgate " + number()};
    }
}
