/** The entry point. Imports the commands and nothing else. */
package io.peekgate;
