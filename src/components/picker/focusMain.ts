/** Leads the focus from inside an entry to what opens it. */
export function focusMain(inside: HTMLElement): void {
  inside.closest('[data-session]')?.querySelector<HTMLElement>('[data-main]')?.focus();
}
