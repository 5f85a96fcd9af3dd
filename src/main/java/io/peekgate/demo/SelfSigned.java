package io.peekgate.demo;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A self-signed certificate with its own new key, valid from yesterday until tomorrow, never stored by us. */
public final class SelfSigned {
    private static final String LOOPBACK = "127.0.0.1";

    private final X509Bundle bundle;

    private SelfSigned(X509Bundle bundle) {
        this.bundle = bundle;
    }

    /**
     * A certificate for these host names, and for 127.0.0.1.
     *
     * @param names whole names: wildcards are not supported
     * @throws IllegalStateException if this JDK cannot make one
     */
    public static SelfSigned forNames(String... names) {
        CertificateBuilder builder = new CertificateBuilder()
                .subject("CN=Peekgate demo")
                .setIsCertificateAuthority(true)
                .addExtendedKeyUsageServerAuth()
                .addSanIpAddress(LOOPBACK);
        for (String name : names) {
            builder.addSanDnsName(name);
        }
        try {
            return new SelfSigned(builder.buildSelfSigned());
        } catch (Exception e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    /** For {@code curl --cacert} and the like. */
    public String certificatePem() {
        return bundle.getCertificatePEM();
    }

    /** The private key, PKCS #8. */
    public String keyPem() {
        return bundle.getPrivateKeyPEM();
    }

    /** Serves this certificate, and trusts it and no other. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    bundle.toKeyManagerFactory().getKeyManagers(), new TrustManager[] {bundle.toTrustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS in this JDK", e);
        }
    }
}
