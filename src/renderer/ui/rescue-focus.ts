/** After what had the focus is gone, the keyboard goes on at the screen instead of at the top of the window. */
export function rescueFocus(): void {
  const { activeElement } = document;
  if (activeElement !== null && activeElement !== document.body) return;
  document.querySelector<HTMLElement>("main[tabindex]")?.focus({ preventScroll: true });
}
