package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret that opens the admin API: a bearer token (RFC 6750), and a cookie for the page that is made of it. */
public final class Token {
    private static final Logger LOG = LoggerFactory.getLogger(Token.class);
    private static final int BYTES = 32;
    private static final int SHORTEST = 16;
    private static final String SCHEME = "Bearer ";
    private static final int TELLING_APART = 8;

    private final String secret;
    private final String cookie;
    private final String cookieName;

    private Token(String secret) {
        this.secret = secret;
        this.cookie = hash("page", secret);
        this.cookieName = "peekgate-" + hash("name", secret).substring(0, TELLING_APART);
    }

    /**
     * Reads a token, or makes one that its owner alone can read.
     *
     * @param file where it is, or is to be
     * @param mayMake whether one may be made where there is none
     * @throws IOException naming the file and the mend
     */
    public static Token of(Path file, boolean mayMake) throws IOException {
        if (mayMake && !Files.exists(file)) {
            make(file);
        }
        if (!Files.isReadable(file)) {
            throw new IOException(file + " cannot be read; write a token into it, for its owner alone to read");
        }
        String secret = Files.readString(file).strip();
        if (secret.length() < SHORTEST || !secret.matches("[!-~]+")) {
            throw new IOException(file + " holds no token; write " + SHORTEST
                    + " or more printable characters into it, or delete it");
        }
        warnOfReaders(file);
        return new Token(secret);
    }

    /** It is no more than a warning, since who mounts a secret into a container cannot always choose. */
    private static void warnOfReaders(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn("admin.token-file: anybody on this machine may read {}; chmod 600 {}", file, file);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var channel = Files.newByteChannel(file, fresh, owner)) {
                channel.write(UTF_8.encode(secret + '\n'));
            }
        } catch (FileAlreadyExistsException another) {
            // somebody was faster, so theirs counts
        }
    }

    /** Whether a header says so, its scheme in any case (RFC 9110 section 11.1). */
    boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && isToken(authorization.substring(SCHEME.length()));
    }

    boolean isToken(String text) {
        return same(secret, text);
    }

    boolean isCookie(String text) {
        return same(cookie, text);
    }

    /** What the page's client keeps instead of the token, and what is worth nothing to any other. */
    String cookie() {
        return cookie;
    }

    /** Another one for each token: cookies know no ports, and there may be other gateways on the host (RFC 6265 section 8.5). */
    String cookieName() {
        return cookieName;
    }

    /** In a time that tells nothing of how much is right. */
    private static boolean same(String right, String given) {
        return MessageDigest.isEqual(right.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private static String hash(String purpose, String secret) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(("peekgate " + purpose + " " + secret).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
