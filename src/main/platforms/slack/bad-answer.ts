/** The server sent something that is not an answer of Slack's: HTML, half a body, a text that is no JSON object. */
export class BadAnswer extends Error {
  override readonly name = "BadAnswer";
}

/** The server did not answer in time. */
export class DeadlinePassed extends Error {
  override readonly name = "DeadlinePassed";
}
