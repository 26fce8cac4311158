import { type Command, InvalidArgumentError, Option } from "commander";
import type { Application } from "#main/compose.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { listenForInterrupts } from "../interrupts.ts";
import { noteMissingScopes } from "../missing-scopes.ts";
import { openPrompt } from "../prompt.ts";
import { openQrScreen } from "../qr-screen.ts";
import { readToken } from "../read-token.ts";
import { type DialogueOptions, parseApiId, signInTelegram } from "../telegram-dialogue.ts";
import { readTextFile } from "../text-file.ts";
import { withApplication } from "../with-application.ts";

interface AddOptions extends CommonOptions {
  readonly tokenStdin?: boolean;
  readonly apiUrl?: string;
  readonly apiId?: number;
  readonly apiHashStdin?: boolean;
  readonly phone?: string;
  readonly qr?: boolean;
  readonly dc?: { readonly host: string; readonly port: number };
  readonly publicKey?: string;
}

const notes = `Slack: the token is all of standard input.
Telegram: in a terminal, everything that is not given is asked for. Where standard input is not a terminal, --api-id,
--api-hash-stdin and one of --phone and --qr are needed, and it holds one line for each secret in the order they are
asked for: the API hash, the code once it has been sent, and the cloud password when the account has one.`;

/** `muster connections add slack|telegram`. */
export function addAddCommand(commandLine: CommandLine, connections: Command): void {
  commandLine
    .common(connections.command("add").argument("<platform>", "slack or telegram"))
    .description("sign a workspace or an account in, or again")
    .addOption(new Option("--token-stdin", "Slack: read the user token from standard input"))
    .addOption(new Option("--api-url <url>", "Slack: another API address than Slack's own (test servers)"))
    .addOption(new Option("--api-id <number>", "Telegram: of your application").argParser(readApiId))
    .addOption(
      new Option(
        "--api-hash-stdin",
        "Telegram: read the API hash, then code and password, from standard input",
      ),
    )
    .addOption(new Option("--phone <number>", "Telegram: with the country code"))
    .addOption(new Option("--qr", "Telegram: show a QR code to scan, instead of asking for number and code"))
    .addOption(
      new Option("--dc <host:port>", "Telegram: another server than its own (test servers)").argParser(
        readServer,
      ),
    )
    .addOption(new Option("--public-key <file.pem>", "Telegram: the RSA key of that server"))
    .addHelpText("after", `\n${notes}`)
    .action(async (platform: string, options: AddOptions, command: Command) => {
      const problem = findProblem(platform, options);
      if (problem !== null) command.error(`error: ${problem}`);
      commandLine.end(await (platform === "slack" ? addSlack : addTelegram)(commandLine, options));
    });
}

/** What is missing or does not belong together; null when nothing is. */
function findProblem(platform: string, options: AddOptions): string | null {
  const isPiped = !process.stdin.isTTY;
  switch (platform) {
    case "slack":
      // Named although there is no other way: nobody must wonder what a waiting command waits for.
      return options.tokenStdin === true ? null : "required option '--token-stdin' not specified";
    case "telegram":
      if ((options.dc === undefined) !== (options.publicKey === undefined))
        return "options '--dc' and '--public-key' belong together";
      if (isPiped && options.apiHashStdin !== true)
        return "without a terminal, option '--api-hash-stdin' is needed";
      if (options.qr === true && options.phone !== undefined)
        return "options '--qr' and '--phone' are two ways to the same end";
      if (isPiped && (options.apiId === undefined || (options.phone === undefined && options.qr !== true)))
        return "without a terminal, options '--api-id' and '--phone' or '--qr' are needed";
      return null;
    default:
      return "only slack and telegram can be added";
  }
}

async function addSlack(commandLine: CommandLine, options: AddOptions): Promise<CommandResult> {
  const { terminal } = commandLine;
  const token = await readToken(terminal.note);
  if (!token.ok) return { end: "failed", failure: token.error };
  return addWith(commandLine, options, ({ connections }) =>
    connections.addSlackToken({
      token: token.value,
      ...(options.apiUrl === undefined ? {} : { apiUrl: options.apiUrl }),
    }),
  );
}

async function addTelegram(commandLine: CommandLine, options: AddOptions): Promise<CommandResult> {
  const { terminal } = commandLine;
  const given = await readGiven(options);
  if (!given.ok) return { end: "failed", failure: given.error };
  const prompt = openPrompt((text) => process.stderr.write(text));
  try {
    return await addWith(commandLine, options, ({ connections }) =>
      signInTelegram(given.value, {
        door: connections.telegramSignIn,
        prompt,
        terminal,
        qrScreen: openQrScreen(),
        listenForInterrupts: () => listenForInterrupts(terminal),
        clock: systemClock,
      }),
    );
  } finally {
    prompt.close();
  }
}

async function readGiven(options: AddOptions): Promise<Result<DialogueOptions, Failure>> {
  const { apiId, phone, qr = false, dc, publicKey } = options;
  const known = {
    isByQr: qr,
    ...(apiId === undefined ? {} : { apiId }),
    ...(phone === undefined ? {} : { phone }),
  };
  if (dc === undefined || publicKey === undefined) return ok(known);
  const pem = await readTextFile(publicKey);
  return pem.ok ? ok({ ...known, server: { ...dc, publicKeyPem: pem.value.trim() } }) : pem;
}

async function addWith(
  commandLine: CommandLine,
  options: AddOptions,
  add: (application: Application) => Promise<Result<Connection, Failure>>,
): Promise<CommandResult> {
  const { terminal } = commandLine;
  return withApplication(commandLine, options, "write", async (application) => {
    const added = await add(application);
    if (!added.ok) return { end: "failed", failure: added.error };
    const { id, label, userName, isProduction, apiUrl } = added.value;
    terminal.answer({ connection: added.value });
    terminal.say(`Connected to ${label} as ${userName} (${id})${isProduction ? "" : ` at ${apiUrl}`}.`);
    noteMissingScopes(added.value, terminal);
    return { end: "ok" };
  });
}

function readApiId(text: string): number {
  const id = parseApiId(text);
  if (id === null) throw new InvalidArgumentError("a positive whole number");
  return id;
}

function readServer(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (!(port >= 1 && port <= 65_535)) throw new InvalidArgumentError("host:port, as in 127.0.0.1:4430");
  return { host: bracketed ?? plain ?? "", port };
}
