/** What the files of an evidence pack are called. */
export const EVIDENCE_FILES = {
  record: "offboarding.json",
  signature: "offboarding.json.sig",
  key: "operator-key.pem",
  log: "activity-log.jsonl",
  workbook: "offboarding.xlsx",
  howTo: "VERIFY.txt",
} as const;

/** How somebody without Muster checks the pack. */
export const HOW_TO_VERIFY = `This folder is the record of one offboarding.

${EVIDENCE_FILES.record}      what was found, decided and done; it names the SHA-256 of the other files
${EVIDENCE_FILES.signature}  its signature (Ed25519, base64)
${EVIDENCE_FILES.key}      the key of the operator whose Muster wrote it
${EVIDENCE_FILES.log}    the activity log since then; lines about other things are reduced to their hashes
${EVIDENCE_FILES.workbook}      the same for people

Check the signature (OpenSSL 3):

  openssl base64 -d -A -in ${EVIDENCE_FILES.signature} -out signature.bin
  openssl pkeyutl -verify -pubin -inkey ${EVIDENCE_FILES.key} -rawin -in ${EVIDENCE_FILES.record} -sigfile signature.bin

Compare the key with the one that the operator tells you by another way: whoever changes the record could put another key
here. Check the other files by the sums under "files" in ${EVIDENCE_FILES.record}:

  sha256sum ${EVIDENCE_FILES.log} ${EVIDENCE_FILES.workbook}

In the log every line names the hash of the line before it. The hash of a full line is the SHA-256, in hex, of its other
fields as JSON with the keys in alphabetical order and no white space.
`;

/** A name that every file system takes. */
export function folderName(personName: string, day: string): string {
  const plain = personName
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z0-9]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "")
    .toLowerCase()
    .slice(0, 60);
  return `muster-offboarding-${plain === "" ? "person" : plain}-${day}`;
}
