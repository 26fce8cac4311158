import { readMapping } from "#main/features/membership/index.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { RenameRule } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { readTextFile } from "../text-file.ts";

/** A file `{"old name": "new name", …}` as a rule. `input/file-unreadable`, `input/file-invalid`. */
export async function readMappingFile(file: string): Promise<Result<RenameRule, Failure>> {
  const text = await readTextFile(file);
  if (!text.ok) return text;
  const names = readMapping(file, text.value);
  if (!names.ok) return names;
  const rule = RenameRule.safeParse({ by: "mapping", names: names.value });
  if (rule.success) return ok(rule.data);
  const [first] = rule.error.issues;
  return err(failure("input/file-invalid", { fileName: file }, first?.message));
}
