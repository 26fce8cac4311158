import type { IncomingMessage } from "node:http";
import { readMultipart } from "#sandbox/slack/multipart.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import type { Arguments } from "#sandbox/slack/arguments.ts";

/** Reads a whole request body; rejects when it is larger than `mostBytes` or the client goes away. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > mostBytes) throw new SlackRefusal("request_too_large");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Merges the query and the body (form, JSON or multipart; checked 2026-11) into one set of arguments.
 * Refuses with `invalid_json`, `json_not_object`, `invalid_form_data` or `invalid_post_type`.
 */
export function parseArguments(query: URLSearchParams, contentType: string, body: Buffer): Arguments {
  const args = new Map<string, string>(query);
  if (body.length === 0) return args;
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json") {
    for (const [name, value] of Object.entries(parseJsonObject(body))) {
      if (value !== null && value !== undefined) {
        args.set(name, typeof value === "string" ? value : JSON.stringify(value));
      }
    }
  } else if (type === "multipart/form-data") {
    const parts = readMultipart(contentType, body);
    if (parts === null) throw new SlackRefusal("invalid_form_data");
    for (const part of parts) if (part.fileName === null) args.set(part.name, part.bytes.toString("utf8"));
  } else if (type === "application/x-www-form-urlencoded" || type === "") {
    for (const [name, value] of new URLSearchParams(body.toString("utf8"))) args.set(name, value);
  } else {
    throw new SlackRefusal("invalid_post_type");
  }
  return args;
}

function parseJsonObject(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new SlackRefusal("invalid_json");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new SlackRefusal("json_not_object");
  return value as Record<string, unknown>;
}
