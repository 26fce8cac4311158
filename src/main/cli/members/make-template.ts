import { z } from "zod";
import type { Application } from "#main/compose.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { GroupTemplate, type PeopleChoice } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { readTextFile } from "../text-file.ts";
import { choosePeople } from "./choose-people.ts";
import type { Conduct } from "./conduct-operation.ts";
import type { UsageProblem } from "./usage-problem.ts";

export interface TemplateOptions {
  readonly template: string;
  readonly customer?: readonly string[];
  readonly connection?: string;
}

/** A template as it is written by hand; documented in docs/command-line.md. */
const TemplateFile = z.strictObject({
  connection: z.string().optional(),
  namePattern: GroupTemplate.shape.namePattern,
  customers: GroupTemplate.shape.customers.optional(),
  /** By name, handle, e-mail address or id. */
  people: z.array(z.string()).min(1).optional(),
  role: z.string().trim().min(1).max(100).optional(),
  about: GroupTemplate.shape.about.default(""),
  isPrivate: z.boolean().default(true),
  isHistoryVisible: z.boolean().default(true),
  welcome: GroupTemplate.shape.welcome.default(""),
});
type TemplateFile = z.infer<typeof TemplateFile>;

/** The template that the file and the command line make together. */
export async function makeTemplate(
  application: Pick<Application, "connections" | "membership">,
  options: TemplateOptions,
  how: Pick<Conduct, "terminal" | "prompt">,
): Promise<Result<GroupTemplate, Failure | UsageProblem>> {
  const text = await readTextFile(options.template);
  if (!text.ok) return text;
  const file = TemplateFile.safeParse(parseJson(text.value));
  if (!file.success) return err(invalid(options.template, z.prettifyError(file.error)));
  const people = await readPeople(application, file.data, how);
  if (!people.ok) return people;
  const connectionId = await findConnection(application, options.connection ?? file.data.connection);
  if (!connectionId.ok) return connectionId;
  const { namePattern, about, isPrivate, isHistoryVisible, welcome } = file.data;
  const template = GroupTemplate.safeParse({
    connectionId: connectionId.value,
    namePattern,
    customers: options.customer ?? file.data.customers,
    people: people.value,
    about,
    isPrivate,
    isHistoryVisible,
    welcome,
  });
  return template.success
    ? ok(template.data)
    : err(invalid(options.template, z.prettifyError(template.error)));
}

async function readPeople(
  { membership }: Pick<Application, "membership">,
  { people, role }: TemplateFile,
  how: Pick<Conduct, "terminal" | "prompt">,
): Promise<Result<PeopleChoice, UsageProblem>> {
  if (people !== undefined) {
    const chosen = await choosePeople(membership, people, how);
    return chosen.ok ? ok({ by: "person", personIds: chosen.value }) : chosen;
  }
  return ok(role === undefined ? { by: "everyone" } : { by: "role", role });
}

/** The one that is named, or the only one there is. */
async function findConnection(
  { connections }: Pick<Application, "connections">,
  name: string | undefined,
): Promise<Result<ConnectionId, UsageProblem>> {
  const there = await connections.list();
  const fits = name === undefined ? there : there.filter(({ id, label }) => id === name || label === name);
  const [only, ...others] = fits;
  if (only !== undefined && others.length === 0) return ok(only.id);
  return err({
    message: "It is not clear where the groups are to be made; nothing was done.",
    words: Object.fromEntries(there.map(({ id, label, platform }) => [id, `${platform}, ${label}`])),
    todo:
      there.length === 0
        ? "Sign in with muster connections add."
        : "Name one of these connections, with --connection or in the template.",
  });
}

function invalid(fileName: string, problem: string): Failure {
  return failure("input/file-invalid", { fileName }, problem.replaceAll("\n", " "));
}

/** Undefined for what is no JSON, which no schema takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    return undefined;
  }
}
