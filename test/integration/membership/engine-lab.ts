import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { LabConnection } from "#test/support/coverage-lab.ts";
import { createHastyClock, type MembershipLab, openMembershipLab } from "#test/support/membership-lab.ts";
import { type KnownWorld, knowWorld, startEngineSandbox } from "./engine-world.ts";

/** The engine at work on a sandbox of its own, by one connection. */
export interface EngineLab<Connected> {
  readonly sandbox: Sandbox;
  readonly world: KnownWorld;
  readonly lab: MembershipLab;
  readonly connected: Connected;
  readonly clock: ReturnType<typeof createHastyClock>;
  /** Confirms and waits until the run rests. */
  run(id: OperationId): Promise<void>;
  close(): Promise<void>;
}

/** `connect` signs in to the sandbox, `disconnect` closes what that opened once nothing works with it any more. */
export async function openEngineLab<Connected extends LabConnection>(
  connect: (sandbox: Sandbox) => Connected | Promise<Connected>,
  disconnect: (connected: Connected) => Promise<void> = async () => {},
): Promise<EngineLab<Connected>> {
  const sandbox = await startEngineSandbox();
  const clock = createHastyClock();
  const connected = await connect(sandbox);
  const lab = await openMembershipLab({ connections: [connected], clock });
  return {
    sandbox,
    world: knowWorld(() => sandbox.control.truth()),
    lab,
    connected,
    clock,
    async run(id) {
      await lab.confirm(id);
      await lab.settled(id);
    },
    async close() {
      await lab.stop();
      await lab.store.close();
      await disconnect(connected);
      await sandbox.close();
    },
  };
}
