/** Keeps the event's public pages on this device, after one tap and never before, and lets people take that back. */
import { isKnown, mayKeep, setKeep } from "./device.js";
import { beginStore, forgetSoon, hasStore, store } from "./outbox.js";
import { clockTime, text } from "./texts.js";
import { toast } from "./toast.js";

const FRESH = 5 * 60_000; // a copy this young is not fetched again
const CROWD = 120_000; // after a change everybody's copies are renewed within this time, not at once
const AT_FIRST = 2_000;
const GONE = 5_000; // what is hidden leaves the copies sooner
const QUIET = ["topic.count", "refresh", "similar", "own"];

const { event, worker, since } = document.body.dataset;
const root = worker?.replace(/sw\.js$/, "");
const MARK = `tw:${event}:kept:${root}`;
let asked = null; // the browser's own offer to install
let timer = 0;

const all = (name) => document.querySelectorAll(`[data-${name}]`);
const isKept = () => localStorage.getItem(MARK) !== null;

function show() {
  const at = Number(localStorage.getItem(MARK)); // 0: asked for, and not there yet
  for (const part of all("keeping")) part.hidden = false;
  for (const part of all("keeping-off")) part.hidden = isKept();
  for (const part of all("keeping-busy")) part.hidden = !isKept() || at > 0;
  for (const part of all("keeping-on")) part.hidden = at === 0;
  for (const part of all("keeping-list")) {
    part.hidden = at === 0;
    part.textContent = text("kept-since", { time: clockTime(new Date(at)) });
  }
  for (const part of all("install")) part.hidden = !asked;
  const isApple = /iP(hone|ad|od)/.test(navigator.userAgent) && !navigator.standalone;
  for (const part of all("install-apple")) part.hidden = !isApple;
}

/** What this device marked is kept with its pages. */
async function ownPages() {
  const own = hasStore() ? (await store.get("mine").catch(() => null))?.state : null;
  return [...(own?.interest ?? []).map((code) => `topics/${code}/`), ...(own?.coming ?? []).map((code) => `sessions/${code}/`)];
}

async function renew() {
  timer = 0;
  if (!isKept() || !navigator.onLine) return;
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ do: "keep", also: await ownPages() });
}

const renewWithin = (milliseconds) => { timer ||= setTimeout(renew, Math.random() * milliseconds); };

/** Sessions that went back among the drafts leave the copies at once, the lists that name them a moment later. */
async function dropHidden(codes) {
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ do: "drop", pages: codes.map((code) => `sessions/${code}/`) });
  clearTimeout(timer);
  timer = 0;
  renewWithin(GONE);
}

function changed({ detail }) {
  if (!isKept() || QUIET.includes(detail.kind)) return;
  if (detail.kind === "programme.hidden") dropHidden(detail.sessions).catch(() => {});
  else renewWithin(CROWD);
}

/** Keeps pages from now on; `within` spreads a hall of phones that tap at the same moment. */
async function keep(within = 0) {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(worker, { scope: root });
    beginStore();
    localStorage.setItem(MARK, "0");
    document.dispatchEvent(new Event("tw:ask-mine"));
    renewWithin(within);
  } catch { /* not allowed here, or no line: the next tap tries again */ }
  show();
}

async function forget() {
  setKeep(false);
  localStorage.removeItem(MARK);
  if (hasStore()) await store.put("mine", null).catch(() => {});
  const registration = await navigator.serviceWorker?.getRegistration(root);
  registration?.active?.postMessage({ do: "forget" });
  if (!(await registration?.pushManager?.getSubscription())) await registration?.unregister(); // else it still wakes this device
  for (const name of await caches.keys()) if (name.endsWith(`:${root}`)) await caches.delete(name);
  show();
  document.dispatchEvent(new Event("tw:forgotten"));
}

const CLICKS = {
  "[data-keep-now]": () => { setKeep(true); keep(); },
  "[data-keep-forget]": forget,
  "[data-install]": () => asked?.prompt(),
};

function clicked({ target }) {
  const name = Object.keys(CLICKS).find((selector) => target.closest?.(selector));
  if (name) CLICKS[name]();
}

const whenAllowed = (within) => { if (mayKeep() && !isKept()) keep(within); };

/** Starts on pages of an event, where the browser can keep anything. */
export function startKept() {
  if (!worker || !("serviceWorker" in navigator)) return;
  show();
  document.addEventListener("click", clicked);
  document.addEventListener("tw:device", () => whenAllowed(AT_FIRST));
  document.addEventListener("submit", ({ target }) => { if (/\/mine\/forget\/$/.test(target.action)) { forgetSoon(); forget(); } });
  addEventListener("beforeinstallprompt", (offer) => { offer.preventDefault(); asked = offer; show(); });
  document.addEventListener("tw:third", () => { if (asked) toast(text("install-hint")); });
  addEventListener("appinstalled", () => { asked = null; setKeep(true); keep(); });
  if (isKnown() || matchMedia("(display-mode: standalone)").matches) whenAllowed(AT_FIRST);
  new BroadcastChannel(`tagwerk:${event}`).addEventListener("message", ({ data }) => {
    if (data?.kept !== root || !isKept()) return;
    localStorage.setItem(MARK, String(data.at));
    show();
  });
  document.addEventListener("tw:change", changed);
  if (isKept() && since && Date.now() - Number(localStorage.getItem(MARK)) > FRESH) renewWithin(AT_FIRST);
}
