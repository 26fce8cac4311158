import { type Command, Option } from "commander";
import type { Connection } from "#shared/domain/connection.ts";
import { failure } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { readToken } from "../read-token.ts";
import { table, type Terminal } from "../terminal.ts";
import { withApplication } from "../with-application.ts";

interface AddOptions extends CommonOptions {
  readonly tokenStdin?: boolean;
  readonly apiUrl?: string;
}

/** `muster connections …`. A token is only ever read from standard input, never from the command line. */
export function addConnectionsCommand(commandLine: CommandLine): void {
  const connections = commandLine.program.command("connections").description("signed-in workspaces");
  addList(commandLine, connections);
  addAdd(commandLine, connections);
  addCheck(commandLine, connections);
  addRemove(commandLine, connections);
}

function addList(commandLine: CommandLine, connections: Command): void {
  const { terminal } = commandLine;
  commandLine
    .common(connections.command("list", { isDefault: true }))
    .description("show every connection and whether it works")
    .action(async (options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "read", async (application) => {
        const list = await application.connections.list();
        terminal.answer({ connections: list });
        const head = ["ID", "WORKSPACE", "ACCOUNT", "STATE", "SERVER"];
        const rows = list.map((one) => [
          one.id,
          one.label,
          one.userName,
          one.failure ? `${one.state} (${one.failure.code})` : one.state,
          one.isProduction ? "" : one.apiUrl,
        ]);
        for (const line of list.length === 0 ? ["No connection yet."] : table([head, ...rows]))
          terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

function addAdd(commandLine: CommandLine, connections: Command): void {
  const { terminal } = commandLine;
  commandLine
    .common(connections.command("add").argument("<platform>", "slack"))
    .description("sign a workspace in, or again, with a user token")
    .addOption(new Option("--token-stdin", "read the token from standard input"))
    .addOption(new Option("--api-url <url>", "another API address than Slack's own (test servers)"))
    .action(async (platform: string, options: AddOptions, command: Command) => {
      if (platform !== "slack") command.error("error: only slack can be added");
      // Named although there is no other way yet: nobody must wonder what a waiting command waits for.
      if (options.tokenStdin !== true) command.error("error: required option '--token-stdin' not specified");
      const token = await readToken(terminal.note);
      if (!token.ok) {
        commandLine.end({ end: "failed", failure: token.error });
        return;
      }
      const result = await withApplication(commandLine, options, "write", async (application) => {
        const added = await application.connections.addSlackToken({
          token: token.value,
          ...(options.apiUrl === undefined ? {} : { apiUrl: options.apiUrl }),
        });
        if (!added.ok) return { end: "failed", failure: added.error } as const;
        terminal.answer({ connection: added.value });
        terminal.say(`Connected to ${added.value.label} as ${added.value.userName} (${added.value.id}).`);
        noteMissingScopes(added.value, terminal);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

function addCheck(commandLine: CommandLine, connections: Command): void {
  const { terminal } = commandLine;
  commandLine
    .common(connections.command("check").argument("<id>", "as `muster connections list` shows it"))
    .description("ask the platform whether a connection works")
    .action(async (id: string, options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "write", async (application) => {
        const connectionId = parseConnectionId(id);
        if (!connectionId.ok) return { end: "failed", failure: connectionId.error } as const;
        const checked = await application.connections.check({ connectionId: connectionId.value });
        if (!checked.ok) return { end: "failed", failure: checked.error } as const;
        const { state, failure: why } = checked.value;
        terminal.answer({ connection: checked.value });
        if (why) return { end: "failed", failure: why } as const;
        terminal.say(`${id} is ${state}.`);
        noteMissingScopes(checked.value, terminal);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

function addRemove(commandLine: CommandLine, connections: Command): void {
  const { terminal } = commandLine;
  commandLine
    .common(connections.command("remove").argument("<id>", "as `muster connections list` shows it"))
    .description("forget a connection and its secret")
    .option("--revoke", "also end the token at the platform")
    .action(async (id: string, options: CommonOptions & { revoke?: boolean }) => {
      const result = await withApplication(commandLine, options, "write", async (application) => {
        const connectionId = parseConnectionId(id);
        if (!connectionId.ok) return { end: "failed", failure: connectionId.error } as const;
        const removed = await application.connections.remove({
          connectionId: connectionId.value,
          revoke: options.revoke === true,
        });
        if (!removed.ok) return { end: "failed", failure: removed.error } as const;
        terminal.answer({ removed: id });
        terminal.say(`Removed ${id}.`);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

function parseConnectionId(text: string): Result<ConnectionId, ReturnType<typeof failure>> {
  const id = ConnectionId.safeParse(text);
  return id.success ? ok(id.data) : err(failure("input/not-found", { connection: text.slice(0, 200) }));
}

function noteMissingScopes({ scopes }: Connection, terminal: Terminal): void {
  for (const { scope, purpose, need } of scopes.filter((one) => !one.granted)) {
    terminal.note(`missing scope ${scope} (${need}): ${purpose}`);
  }
}
