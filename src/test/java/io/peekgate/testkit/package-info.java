/** What several packages' tests need: hellos of real clients and made ones. */
package io.peekgate.testkit;
