import type { DoctorCheck } from "#shared/contract/app.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";
import { decideClockCheck, describeDatabase, describeFailure } from "./diagnosis-policy.ts";

export interface DiagnosticsDependencies {
  readonly clock: Clock;
  /** Names and versions of what runs this process, and why that is not the release runtime, if so. */
  readonly runtime: { readonly description: string; readonly caveat: string | null };
  readonly probeKeychain: () => Promise<Result<void, Failure>>;
  /** Reads every page of the database. */
  readonly checkDatabase: () => Promise<Result<{ readonly folder: string; readonly bytes: number }, Failure>>;
  /** Addresses of every platform in use; Slack's own when nothing is connected. */
  readonly listEndpoints: () => Promise<readonly string[]>;
  readonly fetch: typeof globalThis.fetch;
}

export interface Diagnostics {
  /** Looks at everything Muster stands on, one check after the other; each is ok or says what to do. */
  doctor(): Promise<DoctorCheck[]>;
}

const networkDeadlineMs = 8_000;

export function createDiagnostics(dependencies: DiagnosticsDependencies): Diagnostics {
  const { clock, runtime } = dependencies;

  async function checkKeychain(): Promise<DoctorCheck> {
    const probe = await dependencies.probeKeychain();
    return probe.ok
      ? { id: "keychain", ok: true, finding: "A secret was written, read back and removed.", todo: null }
      : describeFailure("keychain", probe.error);
  }

  async function checkDatabase(): Promise<DoctorCheck> {
    const check = await dependencies.checkDatabase();
    return check.ok ? describeDatabase(check.value) : describeFailure("database", check.error);
  }

  async function checkNetworkAndClock(): Promise<DoctorCheck[]> {
    const endpoints = await dependencies.listEndpoints();
    const answers = await Promise.all(endpoints.map((endpoint) => ask(endpoint)));
    const silent = answers.filter((answer) => !answer.reached);
    const dated = answers.find((answer) => answer.serverMs !== null);
    return [
      {
        id: "network",
        ok: silent.length === 0,
        finding:
          silent.length === 0
            ? `Reached ${answers.map((answer) => answer.host).join(", ")}.`
            : `No answer from ${silent.map((answer) => answer.host).join(", ")}.`,
        todo:
          silent.length === 0
            ? null
            : "Check the network connection, the proxy and the firewall, then run this again.",
      },
      decideClockCheck(dated ? { serverMs: dated.serverMs ?? 0, localMs: dated.localMs } : null),
    ];
  }

  async function ask(endpoint: string): Promise<Answer> {
    const host = new URL(endpoint).host;
    try {
      const response = await dependencies.fetch(new URL("api.test", endpoint), {
        signal: AbortSignal.timeout(networkDeadlineMs),
      });
      await response.body?.cancel();
      const serverMs = Date.parse(response.headers.get("date") ?? "");
      return {
        host,
        reached: true,
        serverMs: Number.isNaN(serverMs) ? null : serverMs,
        localMs: clock.nowMs(),
      };
    } catch {
      // No answer is the finding; why the socket failed would not change what the operator does.
      return { host, reached: false, serverMs: null, localMs: clock.nowMs() };
    }
  }

  return {
    async doctor() {
      const runtimeCheck: DoctorCheck = {
        id: "runtime",
        ok: true,
        finding: runtime.caveat ? `${runtime.description} ${runtime.caveat}` : runtime.description,
        todo: null,
      };
      return [runtimeCheck, await checkKeychain(), await checkDatabase(), ...(await checkNetworkAndClock())];
    },
  };
}

interface Answer {
  readonly host: string;
  readonly reached: boolean;
  readonly serverMs: number | null;
  readonly localMs: number;
}
