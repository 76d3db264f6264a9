/** Helps for who stands in front: the keys of a presenter, and a screen that stays awake. */

/** Lets keys call their verbs, but not while somebody types, nor again while a key is held. */
export function onPresenterKeys(verbs) {
  document.addEventListener("keydown", (event) => {
    const verb = verbs[event.key];
    if (!verb || event.repeat || event.target.matches?.("input, textarea, select")) return;
    event.preventDefault();
    verb();
  });
}

async function ask() {
  try { await navigator.wakeLock?.request("screen"); } catch { /* not allowed here: the phone's own settings decide */ }
}

/** Keeps the screen awake as long as the page is seen. */
export function stayAwake() {
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  ask();
}
