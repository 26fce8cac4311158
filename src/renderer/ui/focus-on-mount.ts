/** As a `ref`: what just appeared because the operator asked for it takes the focus. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}

/** As a `ref`: the same for a field, but only while nothing is written in it, as in a row just added. */
export function focusWhenEmpty(field: HTMLInputElement | null): void {
  if (field?.value === "") field.focus();
}
