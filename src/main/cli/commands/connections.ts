import { type Command, Option } from "commander";
import { failure } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { noteMissingScopes } from "../missing-scopes.ts";
import { table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";
import { addAddCommand } from "./connections-add.ts";

/** `muster connections …`. Secrets are only ever read from standard input, never from the command line. */
export function addConnectionsCommand(commandLine: CommandLine): void {
  const connections = commandLine.program
    .command("connections")
    .description("signed-in workspaces and accounts");
  addList(commandLine, connections);
  addAddCommand(commandLine, connections);
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
        const head = ["ID", "NAME", "ACCOUNT", "STATE", "SERVER"];
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
    .option("--revoke", "also end the token or session at the platform (always on Telegram)")
    .addOption(new Option("--no-revoke", "leave a Telegram session in the account's list of devices"))
    .action(async (id: string, options: CommonOptions & { revoke?: boolean }) => {
      const result = await withApplication(commandLine, options, "write", async (application) => {
        const connectionId = parseConnectionId(id);
        if (!connectionId.ok) return { end: "failed", failure: connectionId.error } as const;
        const removed = await application.connections.remove({
          connectionId: connectionId.value,
          // A Telegram session that nobody holds any more would stay signed in for ever.
          revoke: options.revoke ?? id.startsWith("telegram:"),
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
