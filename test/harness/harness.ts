/**
 * The real renderer on an imagined main process: `index.html?scenario=paused&theme=dark&density=compact#/runs`.
 * For looking at states that are rare in life, and for tests of them.
 */
import { onError, ORPCError } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { showToast } from "#renderer/ui/show-toast.ts";
import { fakeRouter } from "./fake-router.ts";
import { type Scenario, scenarioOf } from "./scenario.ts";

const query = new URLSearchParams(window.location.search);
const scenario: Scenario = scenarioOf(query.get("scenario"));
const router = fakeRouter(scenario, {
  theme: themeOf(query.get("theme")),
  density: query.get("density") === "compact" ? "compact" : "comfortable",
});

function themeOf(name: string | null): "system" | "light" | "dark" {
  return name === "dark" || name === "system" ? name : "light";
}

// What would take an operation or an audit of minutes to be said.
Object.assign(window, { musterHarness: { showToast } });

let ports = 0;
Object.assign(window, {
  musterBridge: {
    requestPort() {
      ports += 1;
      // A lost main process never answers a second time.
      if (scenario === "lost" && ports > 1) return;
      const { port1, port2 } = new MessageChannel();
      new RPCHandler(router, { interceptors: [onError(complain)] }).upgrade(port2);
      port2.start();
      if (scenario === "lost") setTimeout(() => port2.close(), 1_500);
      window.postMessage("muster:port", "*", [port1]);
    },
  },
});

/** Declared failures belong to the scenario; anything else is a mistake of this folder. */
function complain(error: unknown): void {
  const isDeclared = error instanceof ORPCError && error.code.includes("/");
  if (!isDeclared) console.error(error, error instanceof Error ? JSON.stringify(error.cause) : "");
}

await import("#renderer/main.tsx");
