/** The desk: who comes changes with every tap, so it is asked for anew, the first time soon and then now and then. */
import { refreshPage } from "./changes.js";

const SOON = 500;
const AGAIN = 5_000;
const CHANGES = /^(sessions?|host)\./; // after these another room may fit better, or none any more

let pending = 0;
let last = -AGAIN;

function renew() {
  if (pending) return;
  const wait = Math.max(SOON, last + AGAIN - performance.now());
  pending = setTimeout(async () => {
    last = performance.now();
    try { await refreshPage(); } catch { /* offline: the header says so */ }
    pending = 0;
  }, wait);
}

/** Starts on the desk. */
export function startExpected() {
  if (!document.getElementById("desk-swaps")) return;
  document.addEventListener("tw:change", ({ detail }) => { if (CHANGES.test(detail.kind)) renew(); });
}
