import { isSignedBy, properKey } from "../signing/signature.ts";
import { ApprovalRequest } from "./approval-request.ts";

/** What the two texts begin with. The version is in both, so that a later form is not mistaken for this one. */
const REQUEST = "muster-approval-request:1:";
const APPROVAL = "muster-approval:1:";

/** A request that came as text, with the text that a signature would be over. */
export interface ReadRequest {
  readonly request: ApprovalRequest;
  readonly payload: string;
}

/** A signed approval as it came; nothing about it is checked but its form. */
export interface ReadApproval extends ReadRequest {
  /** Base64url, in its one proper spelling. */
  readonly publicKey: string;
  readonly signature: string;
}

/** One line that can be pasted anywhere. */
export function writeApprovalRequest(request: ApprovalRequest): string {
  return `${REQUEST}${encode(request)}`;
}

/** Null for a text that is no approval request. Space around it, and line breaks that a mail program put in, are ignored. */
export function readApprovalRequest(text: string): ReadRequest | null {
  const flat = withoutSpace(text);
  return flat.startsWith(REQUEST) ? readPayload(flat.slice(REQUEST.length)) : null;
}

/**
 * What is signed. It names its purpose, because the same key signs evidence as well: no signature over anything else can
 * be passed off as an approval.
 */
export function signedText(payload: string): string {
  return `${APPROVAL}${payload}`;
}

export function writeApproval({
  payload,
  publicKey,
  signature,
}: Pick<ReadApproval, "payload" | "publicKey" | "signature">): string {
  return `${APPROVAL}${payload}.${publicKey}.${signature}`;
}

/** Null for a text that is no approval. */
export function readApproval(text: string): ReadApproval | null {
  const flat = withoutSpace(text);
  if (!flat.startsWith(APPROVAL)) return null;
  const [payload = "", publicKey = "", signature = "", ...rest] = flat.slice(APPROVAL.length).split(".");
  const read = readPayload(payload);
  return read === null || rest.length > 0 ? null : { ...read, publicKey: properKey(publicKey), signature };
}

export function isApprovalGenuine({ payload, publicKey, signature }: ReadApproval): boolean {
  return isSignedBy(publicKey, signedText(payload), signature);
}

function encode(request: ApprovalRequest): string {
  return Buffer.from(JSON.stringify(request), "utf8").toString("base64url");
}

function readPayload(payload: string): ReadRequest | null {
  try {
    const parsed = ApprovalRequest.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
    return parsed.success ? { request: parsed.data, payload } : null;
  } catch {
    // Not JSON: not ours.
    return null;
  }
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/g, "");
}
