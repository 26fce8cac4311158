import { getEventIteratorSchemaDetails, isContractProcedure } from "@orpc/contract";
import { expect, test } from "vitest";
import { z } from "zod";
import { contract } from "#shared/contract/index.ts";

interface Signature {
  readonly input: unknown;
  readonly output: unknown;
  readonly errors: string[];
}

/** Every procedure by its dotted name, as plain data. */
function describeContract(node: object, path: readonly string[] = []): [string, Signature][] {
  if (isContractProcedure(node)) {
    const { inputSchema, outputSchema, errorMap } = node["~orpc"];
    return [
      [
        path.join("."),
        {
          input: describeSchema(inputSchema, "input"),
          output: describeSchema(outputSchema, "output"),
          errors: Object.keys(errorMap).toSorted(),
        },
      ],
    ];
  }
  return Object.entries(node).flatMap(([name, child]) => describeContract(child as object, [...path, name]));
}

function describeSchema(schema: unknown, io: "input" | "output"): unknown {
  if (schema instanceof z.ZodType) return z.toJSONSchema(schema, { io, unrepresentable: "any" });
  if (schema === undefined) return null;
  const stream = getEventIteratorSchemaDetails(schema as Parameters<typeof getEventIteratorSchemaDetails>[0]);
  if (!stream) throw new Error("neither a zod schema nor an event stream");
  return { stream: describeSchema(stream.yields, io) };
}

test("the contract changes only on purpose", () => {
  expect(Object.fromEntries(describeContract(contract))).toMatchSnapshot();
});

test("every procedure says what it answers", () => {
  const silent = describeContract(contract).filter(([, signature]) => signature.output === null);
  expect(silent).toEqual([]);
});
