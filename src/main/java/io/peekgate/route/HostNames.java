package io.peekgate.route;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import java.net.IDN;
import java.util.regex.Pattern;

/** Host names as people write them, in the canonical form that names from the wire have. */
final class HostNames {
    /**
     * Sharp s, final sigma and the two joiners: IDNA 2003, which is what {@link IDN} knows, replaces them by others,
     * while browsers keep them (RFC 5892 appendix A, UTS 46 section 4), so that a pattern would silently match the
     * wrong name.
     */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

    private HostNames() {}

    /**
     * @throws Refusal as {@link ServerName#of} does
     */
    static ServerName canonical(String text) {
        return ServerName.of(toAscii(text));
    }

    /**
     * The text with each U-label (RFC 5890 section 2.3.2.1) as its A-label; stars are left as they are.
     *
     * @throws Refusal {@link CloseReason#BAD_NAME} if there is none, or no certain one
     */
    static String toAscii(String text) {
        if (isAscii(text)) {
            return text;
        }
        if (AMBIGUOUS.matcher(text).find()) {
            throw new Refusal(CloseReason.BAD_NAME, "a letter that IDNA 2003 and IDNA 2008 encode differently");
        }
        try {
            return IDN.toASCII(text);
        } catch (IllegalArgumentException noIdn) {
            throw new Refusal(CloseReason.BAD_NAME, "letters that IDNA does not encode");
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
