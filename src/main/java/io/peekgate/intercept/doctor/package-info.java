/**
 * Finds what is wrong with a deployment: checks over what the host says and what the gateway is to be. Changes nothing.
 * Imports {@code intercept} besides {@code java.*}, never the gateway nor its configuration.
 */
package io.peekgate.intercept.doctor;
