import { text as readAll } from "node:stream/consumers";
import { Option } from "commander";
import { ConnectionId } from "#shared/domain/ids.ts";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../program.ts";
import { openTerminal, table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";

interface AddOptions extends CommonOptions {
  readonly tokenStdin?: boolean;
  readonly apiUrl?: string;
}

/** `muster connections list|add|remove`. A token is only ever read from standard input, never from the command line. */
export function addConnectionsCommand(commandLine: CommandLine): void {
  const connections = commandLine.program.command("connections").description("signed-in workspaces");

  commandLine
    .common(connections.command("list"))
    .description("show every connection and whether it works")
    .action(async (options: CommonOptions) => {
      const terminal = openTerminal(options.json === true);
      const result = await withApplication(commandLine, options, "read", async (application) => {
        const list = await application.connections.list();
        terminal.answer({ connections: list });
        const rows = list.map((one) => [
          one.id,
          one.label,
          one.userName,
          one.state,
          one.isProduction ? "" : one.apiUrl,
        ]);
        for (const line of table([["ID", "WORKSPACE", "ACCOUNT", "STATE", "SERVER"], ...rows]))
          terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(connections.command("add").argument("<platform>", "slack"))
    .description("sign a workspace in with a user token")
    .addOption(new Option("--token-stdin", "read the token from standard input"))
    .addOption(new Option("--api-url <url>", "another API address than Slack's own (test servers)"))
    .action(async (platform: string, options: AddOptions) => {
      const terminal = openTerminal(options.json === true);
      if (platform !== "slack" || !options.tokenStdin) {
        terminal.note(
          "usage: muster connections add slack --token-stdin [--api-url URL]   (token on standard input)",
        );
        commandLine.end({ end: "usage" });
        return;
      }
      const token = (await readAll(process.stdin)).trim();
      const result = await withApplication(commandLine, options, "write", async (application) => {
        const added = await application.connections.addSlackToken({
          token,
          ...(options.apiUrl === undefined ? {} : { apiUrl: options.apiUrl }),
        });
        if (!added.ok) return { end: "failed", failure: added.error } as const;
        terminal.answer({ connection: added.value });
        terminal.say(`Connected to ${added.value.label} as ${added.value.userName} (${added.value.id}).`);
        for (const { scope, purpose, need } of added.value.scopes.filter((one) => !one.granted)) {
          terminal.note(`missing scope ${scope} (${need}): ${purpose}`);
        }
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(connections.command("remove").argument("<id>"))
    .description("forget a connection and its secret")
    .option("--revoke", "also end the token at the platform")
    .action(async (id: string, options: CommonOptions & { revoke?: boolean }) => {
      const terminal = openTerminal(options.json === true);
      const result = await withApplication(commandLine, options, "write", async (application) => {
        const removed = await application.connections.remove({
          connectionId: ConnectionId.parse(id),
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
