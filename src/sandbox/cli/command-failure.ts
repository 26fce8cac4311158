/** A command that could not do its work: said on stderr as it is. Exit code 2. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}
