import type { FaultOrder } from "#sandbox/control/fault-rules.ts";
import type { SandboxSettings, TokenChange } from "#sandbox/control/sandbox-control.ts";
import type { WorldChange } from "#sandbox/world/changes.ts";

/** A control request whose body does not fit; the message says which field. */
export class UnreadableRequest extends Error {
  override readonly name = "UnreadableRequest";
}

const FIELDS_OF_CHANGE: Readonly<Record<WorldChange["kind"], readonly string[]>> = {
  "rename-channel": ["channel", "name"],
  "archive-channel": ["channel"],
  "unarchive-channel": ["channel"],
  "remove-channel": ["channel"],
  "add-member": ["channel", "user"],
  "remove-member": ["channel", "user"],
  "deactivate-user": ["user"],
  "reactivate-user": ["user"],
  "rename-user": ["user"],
};

/** Reads `{ platform?, method, kind, times?, after?, retryAfterS?, delayMs?, seconds?, channel? }`. */
export function readOrder(body: unknown): FaultOrder {
  const fields = readObject(body);
  for (const name of ["method", "kind"]) {
    if (typeof fields[name] !== "string") throw new UnreadableRequest(`${name} must be a text`);
  }
  if (!["slack", "telegram", undefined].includes(fields["platform"] as string | undefined)) {
    throw new UnreadableRequest("platform must be slack or telegram");
  }
  for (const name of ["times", "after", "retryAfterS", "delayMs", "seconds"]) {
    const value = fields[name];
    if (value !== undefined && value !== null && typeof value !== "number") {
      throw new UnreadableRequest(`${name} must be a number`);
    }
  }
  return fields as unknown as FaultOrder;
}

/** Reads a world change: `{ kind, channel?, user?, name?, username? }`. */
export function readWorldChange(body: unknown): WorldChange {
  const fields = readObject(body);
  const kind = Object.keys(FIELDS_OF_CHANGE).find((known) => known === fields["kind"]) as
    WorldChange["kind"] | undefined;
  if (!kind) throw new UnreadableRequest(`kind must be one of ${Object.keys(FIELDS_OF_CHANGE).join(", ")}`);
  for (const name of FIELDS_OF_CHANGE[kind]) {
    if (typeof fields[name] !== "string" || fields[name] === "")
      throw new UnreadableRequest(`${kind} needs ${name}`);
  }
  return fields as unknown as WorldChange;
}

/** Reads `{ link, personId }`. */
export function readAcceptance(body: unknown): { readonly link: string; readonly personId: string } {
  const { link, personId } = readObject(body);
  if (typeof link !== "string" || typeof personId !== "string") {
    throw new UnreadableRequest("link and personId must be texts");
  }
  return { link, personId };
}

/** Reads `{ label, remove?, add?, state? }`. */
export function readTokenChange(body: unknown): TokenChange {
  const fields = readObject(body);
  if (typeof fields["label"] !== "string") throw new UnreadableRequest("label must be a text");
  for (const name of ["remove", "add"]) {
    const list = fields[name] ?? [];
    if (!Array.isArray(list) || list.some((scope) => typeof scope !== "string")) {
      throw new UnreadableRequest(`${name} must be a list of scopes`);
    }
  }
  const { state } = fields;
  if (state !== undefined && state !== "live" && state !== "revoked" && state !== "expired") {
    throw new UnreadableRequest("state must be live, revoked or expired");
  }
  return fields as unknown as TokenChange;
}

/** Reads `{ limits?, historyCap?, tokenRotation?, oauthDecision? }`. */
export function readSettings(body: unknown): Partial<SandboxSettings> {
  const fields = readObject(body);
  for (const [name, value] of Object.entries(fields)) {
    const fits =
      name === "oauthDecision"
        ? value === "ask" || value === "allow" || value === "deny"
        : ["limits", "historyCap", "tokenRotation"].includes(name) && typeof value === "boolean";
    if (!fits) throw new UnreadableRequest(`${name} is no setting, or has a value it cannot have`);
  }
  return fields;
}

function readObject(body: unknown): Record<string, unknown> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new UnreadableRequest("the body must be a JSON object");
  }
  return body as Record<string, unknown>;
}
