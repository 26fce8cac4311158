import { failure, type Failure } from "#shared/domain/failure.ts";
import { LibraryUnavailable } from "./secret-library.ts";

/**
 * What libsecret says when there is nobody to talk to: no session bus, no address of one, no service that could be
 * started. Measured with libsecret 0.20 and gnome-keyring 42 (2026-11).
 */
const NOBODY_THERE =
  /autolaunch|DBUS_SESSION_BUS_ADDRESS|could not connect|not provided by any|ServiceUnknown|Spawn\.(ExecFailed|ServiceNotFound)|failed to execute/i;

/**
 * Tells a keychain that is not there from one that is closed. Everything else the library throws means that the
 * keychain refused: locked, prompt dismissed, no default keyring, access denied.
 */
export function readKeychainError(error: unknown): Failure {
  if (error instanceof LibraryUnavailable) return readLoadError(error);
  const reason = reasonOf(error);
  return NOBODY_THERE.test(reason)
    ? failure("keychain/unavailable", { reason })
    : failure("keychain/locked", { reason });
}

/** The native library could not be loaded: libsecret is not installed, or this is an odd platform. */
export function readLoadError(error: unknown): Failure {
  return failure("keychain/unavailable", { reason: reasonOf(error) });
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
