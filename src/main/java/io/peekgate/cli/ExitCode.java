package io.peekgate.cli;

/** What commands exit with; scripts rely on these. The numbers from 64 up are those of sysexits. */
final class ExitCode {
    static final int FINE = 0;
    /** Invalid configuration, refused, unhealthy, findings. */
    static final int FAILED = 1;

    static final int USAGE = 2;
    /** {@code explain} says that the connection would be dropped. */
    static final int DROPPED = 3;

    static final int ADDRESS_IN_USE = 69;
    static final int NO_PERMISSION = 77;
    /** {@code run} found the configuration invalid. */
    static final int INVALID_CONFIG = 78;

    private ExitCode() {}
}
