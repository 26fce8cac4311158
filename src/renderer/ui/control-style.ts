/** The look that every control one writes or chooses in shares, so that a row of them lines up. */
export const controlStyle =
  "control w-full min-w-0 border border-line-strong bg-surface px-2 text-fg placeholder:text-fg-faint " +
  "hover:border-control-line aria-invalid:border-danger disabled:cursor-not-allowed disabled:opacity-50";
