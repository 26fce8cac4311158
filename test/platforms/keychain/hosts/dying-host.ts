/** A keychain's host that dies of its first request, as a crash in the native library would have it. */
process.once("message", () => process.kill(process.pid, "SIGSEGV"));
