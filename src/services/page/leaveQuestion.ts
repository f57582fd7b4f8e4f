/** Lets the browser ask before the page is left, while `on` was said last. */
export function createLeaveQuestion(page: Window): (on: boolean) => void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  // Armed only then: a page that always has the question is never kept for the back button.
  return (on) => {
    if (on) page.addEventListener('beforeunload', ask);
    else page.removeEventListener('beforeunload', ask);
  };
}
