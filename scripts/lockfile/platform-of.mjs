const SYSTEMS = ["android", "darwin", "freebsd", "linux", "openbsd", "openharmony", "win32", "sunos", "aix"];
const PROCESSORS = ["x64", "arm64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "mips64el"];

/**
 * Reads off a binary package's name which machines it is for, as `os`, `cpu` and `libc` of its manifest would say:
 * `binding-linux-arm-musleabihf` → linux, arm, musl. Null when the name does not tell.
 */
export function platformOf(name) {
  const words = name.split(/[/-]/);
  if (words.includes("wasm32")) return { cpu: ["wasm32"] };
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu) return null;
  if (os !== "linux") return { cpu: [cpu], os: [os] };
  if (words.some((word) => word.startsWith("musl"))) return { cpu: [cpu], libc: ["musl"], os: [os] };
  return { cpu: [cpu], libc: ["glibc"], os: [os] };
}
