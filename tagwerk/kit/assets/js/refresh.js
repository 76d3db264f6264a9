/** Pages that are made of several things fetch themselves anew when one of the kinds that they name was told. */
import { refreshPage } from "./changes.js";

const CROWD = 1_000;
let timer = 0;

/**
 * Starts on pages with `data-refresh`: the beginnings of kinds, with spaces between. A page of one session
 * (`data-refresh-code`) does so only when it is named.
 */
export function startRefresh() {
  const { refresh, refreshCode } = document.querySelector("main[data-refresh]:not([data-board])")?.dataset ?? {};
  const kinds = refresh?.split(" ") ?? [];
  if (kinds.length === 0) return;
  document.addEventListener("tw:change", ({ detail }) => {
    if (timer || !kinds.some((kind) => detail.kind.startsWith(kind))) return;
    if (refreshCode && !detail.sessions?.includes(refreshCode)) return;
    timer = setTimeout(() => { timer = 0; refreshPage().catch(() => {}); }, Math.random() * CROWD);
  });
}
