/** The laptop's time zone by its IANA name; UTC where the system names none that can be reckoned with. */
export function systemTimeZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone }).resolvedOptions().timeZone;
  } catch {
    // `Etc/Unknown`, which the runtime answers but does not take.
    return "UTC";
  }
}
