import type { Node } from "./parse.ts";
import { nameOf } from "./parse.ts";

/** What makes a node impure, or null: a policy gives the same answer to the same question, at once. */
export function impurityOf(node: Node): string | null {
  switch (node.type) {
    case "Identifier": {
      const name = nameOf(node);
      return name === "Promise" || name === "setTimeout" || name === "setInterval" || name === "fetch"
        ? name
        : null;
    }
    case "AwaitExpression":
      return "await";
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return node["async"] === true ? "an async function" : null;
    case "NewExpression":
      // With an argument it only converts.
      return nameOf(node["callee"]) === "Date" && (node["arguments"] as Node[]).length === 0
        ? "new Date()"
        : null;
    case "CallExpression":
      return nameOf(node["callee"]) === "Date" ? "Date()" : null;
    case "MemberExpression": {
      const member = `${nameOf(node["object"])}.${nameOf(node["property"])}`;
      return /^(Date\.now|Math\.random|performance\.now|crypto\.\w+|process\.\w+)$/.test(member)
        ? member
        : null;
    }
    default:
      return null;
  }
}
