/**
 * Wiring: makes a running gateway of a configuration. The only place that knows both the configuration and the stages,
 * and the only one that starts and stops threads.
 */
package io.peekgate.boot;
