/** A wall without network: it says how old it is, and a worker keeps what it needs to be loaded again. */
import { clockTime, text } from "./texts.js";

const STALE = 30_000;
const KEEP_AFTER = 1_000;
const COUNTS = ["topic.count"]; // too many, and the next change keeps them

// A page from the worker's store is as old as its words; a page from the server is new.
const { kept, now } = document.body.dataset;
let heardAt = kept === undefined ? Date.now() : Date.parse(now);
let timer = 0;

function watchLine(board) {
  const place = board.querySelector("[data-stale]");
  if (["live", "stale"].includes(document.documentElement.dataset.connection)) heardAt = Date.now();
  const isStale = Date.now() - heardAt > STALE;
  place.hidden = !isStale;
  if (isStale) place.textContent = `${text("stale", { time: clockTime(new Date(heardAt)) })} – ${text("searching")}`;
}

/** Everything this page was made of, by address; the worker takes only what it may keep. */
function parts() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const named = [...document.querySelectorAll("link[href], script[src]")].map(({ href, src }) => href || src);
  return [...new Set([...loaded, ...named])];
}

async function keep() {
  timer = 0;
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ page: location.pathname, parts: parts() });
}

function keepSoon() {
  timer ||= setTimeout(keep, KEEP_AFTER);
}

/** Starts on a wall; the worker needs https (or this machine itself), everything else goes on without it. */
export function startWallLine(board) {
  setInterval(watchLine, 1_000, board);
  watchLine(board);
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(board.dataset.worker).then(keepSoon, () => {});
  document.addEventListener("tw:change", ({ detail }) => { if (!COUNTS.includes(detail.kind)) keepSoon(); });
}
