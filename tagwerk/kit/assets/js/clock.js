/** Tells every element with a start and an end whether it is past, now, next or later, by the server's clock. */
import { clockTime } from "./texts.js";

const ROUND = 15_000;
const DIFFERENCE = "tw:clock";
let offset = 0;

/** The server's time in milliseconds. */
export function serverNow() {
  return Date.now() + offset;
}

/** What a span from `start` to `end` is at `now`; `next` is decided by the caller among those to come. */
export function phaseOf(start, end, now) {
  if (now >= end) return "past";
  return now >= start ? "now" : "later";
}

function tick() {
  const now = serverNow();
  const timed = [...document.querySelectorAll("[data-start][data-end]")].map((element) => ({
    element,
    start: Date.parse(element.dataset.start),
    end: Date.parse(element.dataset.end),
  }));
  const coming = timed.filter(({ start }) => start > now).map(({ start }) => start);
  const soonest = Math.min(...coming);
  for (const { element, start, end } of timed) {
    const phase = start === soonest ? "next" : phaseOf(start, end, now);
    if (element.dataset.time !== phase) element.dataset.time = phase;
  }
  for (const place of document.querySelectorAll("[data-clock]")) {
    place.textContent = clockTime(new Date(now));
  }
}

/** Starts the clock; each change on the page is timed at once. */
export function startClock() {
  const { now, kept } = document.body.dataset;
  const told = Date.parse(now ?? "");
  // A page that a worker kept tells an old time: what the clocks differed by is known from before.
  if (kept !== undefined) offset = Number(sessionStorage.getItem(DIFFERENCE) ?? 0);
  else if (!Number.isNaN(told)) offset = told - Date.now();
  sessionStorage.setItem(DIFFERENCE, String(offset));
  tick();
  setInterval(tick, ROUND);
  document.addEventListener("tw:change", tick);
}
