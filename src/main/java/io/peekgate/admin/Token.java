package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The secret that opens the admin API: a bearer token (RFC 6750), and a cookie for the page that is made of it. */
public final class Token {
    private static final int BYTES = 32;
    private static final int SHORTEST = 16;

    private final String secret;
    private final String cookie;

    private Token(String secret) {
        this.secret = secret;
        this.cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256("peekgate page " + secret));
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
        return new Token(secret);
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

    boolean isBearer(String authorization) {
        return same("Bearer " + secret, authorization);
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

    /** In a time that tells nothing of how much is right. */
    private static boolean same(String right, String given) {
        return MessageDigest.isEqual(right.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
