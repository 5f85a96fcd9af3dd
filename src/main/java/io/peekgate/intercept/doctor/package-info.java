/**
 * Finds what is wrong with a deployment: checks over what the host says and what the gateway is to be. Changes nothing
 * that stays. Imports {@code intercept} and the address library besides {@code java.*}, never the gateway nor its
 * configuration.
 */
package io.peekgate.intercept.doctor;
