import type { CallReport } from "#sandbox/control/call-log.ts";
import type { FaultOrder, FaultRule } from "#sandbox/control/fault-rules.ts";
import type { ApiParts } from "#sandbox/slack/api-endpoint.ts";
import type { WorkspaceSettings } from "#sandbox/slack/workspace.ts";
import { applyChange, type WorldChange } from "#sandbox/world/changes.ts";
import { tellTruth, type Truth } from "#sandbox/world/truth.ts";

/** Settings of a running sandbox: the workspace's switches and whether rate limits are enforced. */
export interface SandboxSettings extends WorkspaceSettings {
  readonly limits: boolean;
}

/** What a test or an operator can do to a running sandbox from behind the scenes. */
export interface SandboxControl {
  addFault(order: FaultOrder): FaultRule;
  listFaults(): readonly FaultRule[];
  /** Removes one fault, or all; returns how many. */
  clearFaults(id?: string): number;
  calls(): CallReport;
  clearCalls(): void;
  /** Who is in which group right now. */
  truth(): Truth;
  /** Changes the world as people in Slack would; throws `ImpossibleChange`. */
  change(change: WorldChange): void;
  settings(): SandboxSettings;
  /** Changes the given settings; turning limits on or off also forgets the calls counted so far. */
  configure(settings: Partial<SandboxSettings>): SandboxSettings;
}

/** The control of a running sandbox, for use in the same process; the HTTP control endpoint is built on it. */
export function createControl(parts: ApiParts): SandboxControl {
  const { workspace, limiter, faults, calls } = parts;
  const settings = (): SandboxSettings => ({ ...workspace.settings, limits: limiter.enabled });
  return {
    addFault: (order) => faults.add(order),
    listFaults: () => faults.list(),
    clearFaults: (id) => faults.clear(id),
    calls: () => calls.report(),
    clearCalls: () => calls.clear(),
    truth: () => tellTruth(workspace.world),
    change: (change) => applyChange(workspace.world, change, workspace.nowMs()),
    settings,
    configure({ limits, ...switches }) {
      Object.assign(workspace.settings, switches);
      if (limits !== undefined) {
        limiter.enabled = limits;
        limiter.clear();
      }
      return settings();
    },
  };
}
