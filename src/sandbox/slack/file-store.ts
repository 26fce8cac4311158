/** A file in the simulated workspace. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly mimeType: string;
  bytes: Buffer;
  /** Index of the uploader in `World.people`. */
  readonly person: number;
  readonly createdS: number;
  /** Where it was shared: channel id and the message that did it. */
  readonly shares: { readonly channelId: string; readonly ts: string }[];
}

/** An upload that was announced; its ticket is the secret part of the upload URL. */
interface PendingUpload {
  readonly fileId: string;
  readonly ticket: string;
  readonly name: string;
  readonly length: number;
  readonly person: number;
  bytes: Buffer | null;
}

const MIME_BY_EXTENSION: Readonly<Record<string, string>> = {
  txt: "text/plain",
  md: "text/markdown",
  json: "application/json",
  csv: "text/csv",
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  zip: "application/zip",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Files and uploads under way; in memory only. */
export class FileStore {
  readonly files = new Map<string, StoredFile>();
  readonly uploads = new Map<string, PendingUpload>();

  /** The announced upload with this ticket, or undefined. */
  findUpload(ticket: string): PendingUpload | undefined {
    return [...this.uploads.values()].find((upload) => upload.ticket === ticket);
  }

  /** Turns a received upload into a file; undefined when nothing was uploaded under this id. */
  finish(fileId: string, title: string, nowS: number): StoredFile | undefined {
    const upload = this.uploads.get(fileId);
    if (!upload?.bytes) return undefined;
    this.uploads.delete(fileId);
    const extension = upload.name.split(".").pop()?.toLowerCase() ?? "";
    const file: StoredFile = {
      id: fileId,
      name: upload.name,
      title: title === "" ? upload.name : title,
      mimeType: MIME_BY_EXTENSION[extension] ?? "application/octet-stream",
      bytes: upload.bytes,
      person: upload.person,
      createdS: nowS,
      shares: [],
    };
    this.files.set(fileId, file);
    return file;
  }
}
