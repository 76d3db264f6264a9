/** Keeps the page at the state of the server: stream first, polling when something between holds the stream back. */
import { applyChange, refreshPage } from "./changes.js";
import { clockTime, text } from "./texts.js";
import { readStream } from "./stream.js";

const SILENCE = 35_000; // the server beats every 15 s; two missed beats and a breath
const HELD_BACK = 25_000; // connected but no byte: a proxy collects the answer
const LONGEST_WAIT = 4_000;
const POLL_EVERY = 5_000;
const STREAM_AGAIN = 120_000;

const { live, since, snapshot, liveToken } = document.body.dataset;
const state = { lastId: since, failures: 0, heard: 0, polling: false, control: null, etag: null };
let work = Promise.resolve();
let wake = () => {};

/** Between half and all of `most` milliseconds, so that a hall of phones does not come at once. */
const jittered = (most) => most * (0.5 + Math.random() / 2);
const pause = (milliseconds) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => { clearTimeout(timer); resolve(); };
  });

function show(name) {
  const time = state.heard ? clockTime(new Date(state.heard), true) : "";
  document.documentElement.dataset.connection = name;
  for (const place of document.querySelectorAll("[data-live-state]")) {
    if (place.dataset.state === name && name !== "stale") continue;
    place.dataset.state = name;
    place.textContent = text(name, { time });
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
  state.heard = Date.now();
  state.failures = 0;
  show("live");
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
  const begun = Date.now();
  let last = begun;
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
  }
  return heldBack;
}

/** Asks for the state every few seconds; a changed one makes the page fetch itself. */
async function poll() {
  const until = Date.now() + STREAM_AGAIN;
  while (Date.now() < until) {
    try {
      const answer = await fetch(snapshot, { headers: state.etag ? { "If-None-Match": state.etag } : {}, cache: "no-cache" });
      if (answer.ok || answer.status === 304) state.heard = Date.now();
      const etag = answer.headers.get("etag");
      if (answer.ok && etag !== state.etag) {
        if (state.etag !== null || state.lastId === since) await refreshPage();
        state.etag = etag;
      }
      show("stale");
    } catch {
      show("searching");
    }
    await pause(jittered(POLL_EVERY * 4 / 3));
  }
}

async function keepListening() {
  for (;;) {
    const heldBack = await listenOnce();
    if (heldBack && snapshot) {
      await poll();
      continue;
    }
    state.failures += 1;
    if (state.failures > 1) show("searching");
    await pause(jittered(Math.min(LONGEST_WAIT, 250 * 2 ** state.failures)));
  }
}

/** Starts listening if the page says where. */
export function startLive() {
  if (!live) return;
  addEventListener("online", () => wake());
  addEventListener("offline", () => { state.control?.abort(); show("searching"); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (Date.now() - state.heard > SILENCE / 2) state.control?.abort();
    wake();
  });
  addEventListener("pagehide", () => state.control?.abort());
  keepListening();
}
