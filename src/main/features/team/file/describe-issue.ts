import type { z } from "zod";
import type { ImportProblem } from "#shared/contract/team.ts";
import type { JsonDocument, JsonPath } from "./json-document.ts";

type Issue = z.core.$ZodIssue;

/** A schema's complaint as problems in plain words, each at its place in the file. */
export function describeIssue(issue: Issue, document: JsonDocument): ImportProblem[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) =>
      document.problemAtKey([...path, key], "This key is not known here; is it spelled as in the format?"),
    );
  }
  if (path.length > 0 && !document.has(path)) {
    return [document.problemAt(path, "This is missing.")];
  }
  return [document.problemAt(path, wordIssue(issue, path))];
}

function wordIssue(issue: Issue, path: JsonPath): string {
  switch (issue.code) {
    case "invalid_type":
      return `This must be ${typeWords[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      if (path.length === 1 && path[0] === "version") {
        return "This version of the format is not known; only 1 is.";
      }
      return `This must be ${listOptions(issue.values)}.`;
    case "too_small":
      return issue.origin === "string"
        ? "This must not be empty."
        : `This must be at least ${issue.minimum}.`;
    case "too_big":
      return issue.origin === "string"
        ? `This is longer than ${issue.maximum} characters.`
        : `This has more than ${issue.maximum} entries.`;
    case "invalid_format":
      return path.at(-1) === "telegramUserId"
        ? "This must be a number, written in digits only."
        : "This must not contain blanks.";
    case "invalid_union":
      return path.at(-1) === "telegramUserId"
        ? "This must be a number, written in digits only."
        : "This kind is not known here.";
    default:
      return `This cannot be used: ${issue.message}`;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: "a text in double quotes",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object in braces",
};

function listOptions(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(" or ");
}
