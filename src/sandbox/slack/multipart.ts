/** One part of a multipart/form-data body. */
interface FormPart {
  readonly name: string;
  /** Null for an ordinary field. */
  readonly fileName: string | null;
  readonly bytes: Buffer;
}

/** Splits a multipart/form-data body into its parts (RFC 7578); null when it is malformed. */
export function readMultipart(contentType: string, body: Buffer): FormPart[] | null {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return null;
  const marker = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  let at = body.indexOf(marker);
  while (at >= 0) {
    const start = at + marker.length;
    if (body.subarray(start, start + 2).toString("latin1") === "--") return parts;
    const end = body.indexOf(marker, start);
    if (end < 0) return null;
    // A part lies between CRLF after its marker and CRLF before the next.
    const part = parsePart(body.subarray(start + 2, end - 2));
    if (part === null) return null;
    parts.push(part);
    at = end;
  }
  return null;
}

function parsePart(raw: Buffer): FormPart | null {
  const headEnd = raw.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const head = raw.subarray(0, headEnd).toString("utf8");
  const name = /[; ]name="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) return null;
  const fileName = /filename="([^"]*)"/i.exec(head)?.[1] ?? null;
  return { name, fileName, bytes: raw.subarray(headEnd + 4) };
}
