import { z } from "zod";
import { BadAnswer } from "./bad-answer.ts";

/** A page of 1,000 people is about 2 MB; what is longer than this is not Slack's. */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

const Answer = z.looseObject({ ok: z.boolean() });

/** What every Slack answer has, whichever the method. */
export type SlackAnswer = z.infer<typeof Answer>;

/**
 * Reads and parses a whole body. Throws `BadAnswer` for one that is too long or is not a JSON object with an `ok`;
 * what the network throws passes through.
 */
export async function readAnswer(response: Response): Promise<SlackAnswer> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new BadAnswer(`longer than ${MAX_ANSWER_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  text += decoder.decode();

  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BadAnswer(text.trimStart().startsWith("<") ? "a web page instead of JSON" : "not JSON");
  }
  const parsed = Answer.safeParse(json);
  if (!parsed.success) throw new BadAnswer("JSON without “ok”");
  return parsed.data;
}
