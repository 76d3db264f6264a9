/** What this device did, laid over pages that are the same for everybody. */
import { forget, isKnown, mayKeep, mint } from "./device.js";
import { hasStore, store } from "./outbox.js";
import { box, keep, onSent, sendAll } from "./sending.js";
import { text } from "./texts.js";

const { mine, api } = document.body.dataset;
/* name of the data attribute -> where its resource lies */
const KINDS = { interest: "topics", coming: "sessions" };
let last = { device: true }; // what the server said last
let taps = 0; // on this page
const chosen = { interest: new Set(), coming: new Set(), proposals: new Set() };

const formsOf = (kind, code) => document.querySelectorAll(`form[data-${kind}${code ? `="${CSS.escape(code)}"` : ""}]`);

/** Shows of each pair of forms the one that fits; `kind` and `code` narrow it down. */
function overlay() {
  for (const kind of Object.keys(KINDS)) {
    for (const form of formsOf(kind)) {
      form.hidden = (form.dataset.mine === "on") !== chosen[kind].has(form.dataset[kind]);
    }
  }
  for (const place of document.querySelectorAll("[data-own]")) {
    place.hidden = !chosen.proposals.has(place.dataset.own);
  }
}

/** Says something beside the forms of a thing; false when this page has none. */
function tell(kind, code, words, isBad = false) {
  let isSaid = false;
  for (const form of formsOf(kind, code)) {
    const place = form.parentElement.querySelector("[data-said]");
    if (!place) continue;
    place.textContent = words;
    place.hidden = !words;
    place.classList.toggle("mine__said--bad", isBad);
    isSaid = true;
  }
  return isSaid;
}

/** Keeps what this device did, as far as this page knows, for the time without a network. */
function remember() {
  if (!hasStore() || !mayKeep()) return;
  const lists = Object.fromEntries(Object.entries(chosen).map(([kind, codes]) => [kind, [...codes]]));
  store.put("mine", { at: Date.now(), state: { ...last, ...lists } }).catch(() => {});
}

function set(kind, code, isOn) {
  chosen[kind][isOn ? "add" : "delete"](code);
  overlay();
  remember();
}

/** An entry of the outbox has arrived, or was refused: then it is said here, or kept for the next page. */
async function done({ kind, code, isOn }, problem, _answer, back) {
  const isLast = !box.waiting().some((entry) => entry.kind === kind && entry.code === code);
  if (!isLast) return;
  if (!problem) {
    tell(kind, code, text(isOn ? `counted-${kind}` : "taken-back"));
    if (isOn && chosen.interest.size === 3) document.dispatchEvent(new Event("tw:third"));
    return;
  }
  set(kind, code, !isOn);
  const isSaid = tell(kind, code, problem.detail || text("failed"), true);
  if (isSaid && back !== undefined) await store.remove("returned", back).catch(() => {});
}

/** What is tapped, in words, should it come back: the button's and those of the thing it belongs to. */
function labelOf(form) {
  const thing = form.closest("article, li, section")?.querySelector("h1, h2, h3, .session__head");
  const words = form.querySelector("button")?.textContent.trim();
  return [words, thing?.textContent.replace(/\s+/g, " ").trim()].filter(Boolean).join(": ");
}

function choose(form, kind, isOn) {
  const code = form.dataset[kind];
  taps += 1;
  keep(isOn ? "PUT" : "DELETE", `${KINDS[kind]}/${encodeURIComponent(code)}/${kind}`, { kind, code, isOn, label: labelOf(form) });
  set(kind, code, isOn);
  sendAll();
}

function submitted(event) {
  const form = event.target;
  if (event.defaultPrevented) return;
  const kind = Object.keys(KINDS).find((name) => name in form.dataset);
  if (kind) {
    event.preventDefault();
    const hadFocus = form.contains(document.activeElement);
    const isOn = form.dataset.mine === "off";
    choose(form, kind, isOn);
    if (hadFocus) form.parentElement.querySelector(`form[data-mine="${isOn ? "on" : "off"}"] button`)?.focus();
  } else if ("needsDevice" in form.dataset && !isKnown()) {
    event.preventDefault();
    mint().catch(() => {}).then(() => HTMLFormElement.prototype.submit.call(form));
  }
}

/** Asks the server; without a network gives what this device remembers. */
async function state() {
  try {
    const answer = await fetch(mine, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) return null;
    return await answer.json();
  } catch {
    return hasStore() ? store.get("mine").then((kept) => kept?.state ?? null, () => null) : null;
  }
}

/** The state as it was asked for after the last tap that has arrived: an answer from before would take that tap back. */
async function settledState() {
  for (;;) {
    const [before, waiting] = [taps, box.waiting()];
    const found = await state();
    const left = new Set(box.waiting().map(({ key }) => key));
    if (!found || (taps === before && waiting.every(({ key }) => left.has(key)))) return found;
  }
}

async function load() {
  await box.ready;
  if (isKnown()) {
    const found = await settledState();
    if (found?.device === false) {
      forget();
      if (hasStore()) store.put("mine", null).catch(() => {});
      return;
    }
    for (const kind of found ? Object.keys(chosen) : []) chosen[kind] = new Set(found[kind] ?? []);
    last = found ?? last;
    if (found) document.dispatchEvent(new CustomEvent("tw:mine", { detail: found }));
  }
  for (const { kind, code, isOn } of box.waiting()) chosen[kind]?.[isOn ? "add" : "delete"](code);
  overlay();
  if (isKnown()) remember();
}

/** Starts the overlay on pages of an event. */
export function startMine() {
  if (!api) return;
  for (const kind of Object.keys(KINDS)) {
    onSent(kind, { done, stored: ({ code }) => tell(kind, code, text("stored")) });
  }
  document.addEventListener("submit", submitted);
  document.addEventListener("tw:change", overlay);
  document.addEventListener("tw:ask-mine", load);
  addEventListener("pageshow", (event) => { if (event.persisted) load(); });
  load().then(sendAll);
}
