/** Keeps the focus where somebody works while the page changes around it. */
const CONTROLS = "a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary";

const isLost = () => document.activeElement === null || document.activeElement === document.body;
const controlsOf = (home) => (home.matches(CONTROLS) ? [home] : [...home.querySelectorAll(CONTROLS)]).filter((one) => one.checkVisibility());

/** Gives the focus to the `index`th control (or the last there is) of the element called `id`; tells whether it could. */
export function focusIn(id, index = 0) {
  const home = id && document.getElementById(id);
  const controls = home ? controlsOf(home) : [];
  const control = controls[Math.min(index, controls.length - 1)];
  control?.focus({ preventScroll: true });
  return Boolean(control);
}

/**
 * Remembers where the focus is; the function it gives brings it back there once what had it was replaced:
 * to the same control of the same card or row, else into `fallback` (an id), else to the main part of the page.
 */
export function rememberFocus() {
  if (isLost()) return () => {};
  const home = document.activeElement.closest("[id]");
  const index = home ? controlsOf(home).indexOf(document.activeElement) : 0;
  return (fallback) => {
    if (!isLost()) return;
    const isWithinMain = home && home.id !== "main";
    if ((isWithinMain && focusIn(home.id, Math.max(index, 0))) || focusIn(fallback)) return;
    document.querySelector("main")?.focus({ preventScroll: true });
  };
}
