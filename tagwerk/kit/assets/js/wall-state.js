/** Which panel a wall shows: what the server said, until its time is over; and the bar of the time on stage. */
import { refreshPage } from "./changes.js";
import { serverNow } from "./clock.js";

const SOON = 200;
const AGAIN = 5_000;

let times = "";
let pending = 0;

const stateOf = () => document.getElementById("board-state");

/** What the crew put there for a while gives way to what the hour asks for. */
function settle(moved) {
  const state = stateOf();
  if (!state?.dataset.until || serverNow() < Date.parse(state.dataset.until)) return;
  state.dataset.until = "";
  state.dataset.shows = state.dataset.hour;
  moved();
}

function moveTimer() {
  for (const bar of document.querySelectorAll("[data-timer]")) {
    const [from, to] = [Date.parse(bar.dataset.from), Date.parse(bar.dataset.to)];
    bar.value = Math.min(1, Math.max(0, (serverNow() - from) / (to - from))) * bar.max;
  }
}

/** Fetches the page anew, once for many reasons at a time; offline it stays as it is. */
function renew(wait) {
  if (pending) return;
  pending = setTimeout(async () => {
    try { await refreshPage(); } catch { /* the line is gone, the wall says so itself */ }
    pending = 0;
  }, wait);
}

/** When a slot begins or ends, the server knows best what stands on the wall. */
function watchHours(board) {
  const now = [...board.querySelectorAll("[data-time]")].map(({ id, dataset }) => `${id}${dataset.time}`).join();
  if (times && times !== now) renew(AGAIN);
  times = now;
}

/** Starts on a wall; `moved` is called when another panel came by itself. */
export function startWallState(board, moved) {
  const kinds = board.dataset.refresh.split(" ").filter(Boolean);
  const tick = () => { settle(moved); moveTimer(); };
  tick();
  setInterval(tick, 500);
  setInterval(watchHours, 1_000, board);
  document.addEventListener("tw:change", ({ detail }) => {
    tick();
    if (kinds.some((kind) => detail.kind.startsWith(kind))) renew(SOON);
  });
}
