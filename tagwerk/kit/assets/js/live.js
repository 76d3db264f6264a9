/** Keeps the page at the state of the server: stream first, polling when something between holds the stream back. */
import { applyChange, refreshPage } from "./changes.js";
import { startPolling } from "./polling.js";
import { clockTime, text } from "./texts.js";
import { readStream } from "./stream.js";

const SILENCE = 35_000; // the server beats every 15 s; two missed beats and a breath
const BEAT = 20_000; // one missed beat: still open, but not to be relied on
const HELD_BACK = 25_000; // connected but no byte: a proxy collects the answer
const LONGEST_WAIT = 4_000;
const STREAM_AGAIN = 120_000;
const OLD = 20_000;

const { live, since, snapshot, liveToken, kept, now } = document.body.dataset;
// A page that a worker kept is as old as the server said when it was made.
const state = { lastId: since, failures: 0, heard: 0, told: kept === undefined ? Date.now() : Date.parse(now), open: false, answers: false, control: null };
let work = Promise.resolve();
let wake = () => {};

/** Between half and all of `most` milliseconds, so that a hall of phones does not come at once. */
const jittered = (most) => most * (0.5 + Math.random() / 2);
const pause = (milliseconds) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => { clearTimeout(timer); resolve(); };
  });

/** The age in hours and minutes once there is no line for a while, with seconds while the page asks by itself. */
function wordsFor(name) {
  const isOld = name === "searching" && (Date.now() - state.told > OLD || (kept !== undefined && !state.heard));
  // Most of these words name no time, and the first time that is written costs a small phone a tenth of a second.
  return text(isOld ? "stale" : name, { get time() { return clockTime(new Date(state.told), name === "stale"); } });
}

function show(name) {
  document.documentElement.dataset.connection = name;
  for (const place of document.querySelectorAll("[data-live-state]")) {
    place.dataset.state = name;
    const words = wordsFor(name);
    if (place.textContent !== words) place.textContent = words;
  }
}

function take(message) {
  if (message.id) state.lastId = message.id;
  if (message.event === "beat") return;
  if (message.event === "resync") {
    work = work.then(() => pause(Math.random() * 2_000)).then(() => refreshPage());
    return;
  }
  let change;
  try { change = JSON.parse(message.data); } catch { return; }
  work = work.then(() => applyChange(change)).catch((problem) => console.error(problem));
}

function heard() {
  const isNew = !state.open;
  Object.assign(state, { heard: Date.now(), told: Date.now(), failures: 0, open: true });
  show("live");
  if (isNew) document.dispatchEvent(new Event("tw:line"));
}

async function streamAddress() {
  const address = new URL(live, location.href);
  if (liveToken) {
    const answer = await fetch(liveToken, { cache: "no-store", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no token for the stream");
    address.searchParams.set("token", (await answer.json()).token);
  }
  if (state.lastId) address.searchParams.set("since", state.lastId);
  return address;
}

/** One connection from opening to its end; true if the stream was held back. */
async function listenOnce() {
  const control = new AbortController();
  state.control = control;
  let last = Date.now();
  let anything = false;
  let heldBack = false;
  const watch = setInterval(() => {
    const quiet = Date.now() - last;
    heldBack = !anything && quiet > HELD_BACK;
    if (heldBack || quiet > SILENCE) control.abort();
  }, 1_000);
  try {
    await readStream(await streamAddress(), state.lastId, control.signal, () => {
      anything = true;
      last = Date.now();
      heard();
    }, take);
  } catch {
    // whatever ended it, the loop tries again
  } finally {
    clearInterval(watch);
    control.abort();
    state.open = false;
  }
  return heldBack && state.answers;
}

async function keepListening() {
  for (;;) {
    if (await listenOnce()) {
      await pause(STREAM_AGAIN);
      continue;
    }
    state.failures += 1;
    if (state.failures > 1 && !state.answers) show("searching");
    await pause(jittered(Math.min(LONGEST_WAIT, 250 * 2 ** state.failures)));
  }
}

function retry() {
  state.failures = 0;
  state.control?.abort();
  wake();
}

const line = {
  isFlowing: () => state.open && Date.now() - state.heard < BEAT,
  cursor: () => state.lastId,
  told() { Object.assign(state, { told: Date.now(), answers: true }); if (!state.open) show("stale"); document.dispatchEvent(new Event("tw:line")); },
  lost() { state.answers = false; if (!state.open) show("searching"); },
  retry,
};

/** Starts listening if the page says where. */
export function startLive() {
  if (!live) return;
  if (kept !== undefined) show("searching");
  addEventListener("online", () => wake());
  addEventListener("offline", () => { state.control?.abort(); state.answers = false; show("searching"); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (Date.now() - state.heard > SILENCE / 2) state.control?.abort();
    wake();
  });
  addEventListener("pagehide", () => state.control?.abort());
  keepListening();
  if (snapshot) startPolling(snapshot, line);
}
