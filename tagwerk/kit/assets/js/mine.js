/** What this device did, laid over pages that are the same for everybody. */
import { forget, isKnown, mint } from "./device.js";
import { flush, keep, waiting } from "./outbox.js";
import { text } from "./texts.js";

const { mine, api } = document.body.dataset;
/* name of the data attribute -> where its resource lies */
const KINDS = { interest: "topics", coming: "sessions" };
const chosen = { interest: new Set(), coming: new Set(), proposals: new Set() };
let remintedOnce = false;

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

function tell(kind, code, words, isBad = false) {
  for (const form of formsOf(kind, code)) {
    const place = form.parentElement.querySelector("[data-said]");
    if (!place) continue;
    place.textContent = words;
    place.hidden = !words;
    place.classList.toggle("mine__said--bad", isBad);
  }
}

function set(kind, code, isOn) {
  chosen[kind][isOn ? "add" : "delete"](code);
  overlay();
}

/** An entry of the outbox has arrived, or was refused. */
async function done({ kind, code, isOn }, problem) {
  if (problem?.status === 401 && !remintedOnce) {
    remintedOnce = true;
    forget();
    await mint();
    return choose(kind, code, isOn, true);
  }
  const isLast = !waiting().some((entry) => entry.kind === kind && entry.code === code);
  if (!isLast) return undefined;
  if (problem) {
    set(kind, code, !isOn);
    return tell(kind, code, problem.detail || text("failed"), true);
  }
  return tell(kind, code, text(isOn ? `counted-${kind}` : "taken-back"));
}

async function choose(kind, code, isOn, later = false) {
  set(kind, code, isOn);
  const path = `${api}/${KINDS[kind]}/${encodeURIComponent(code)}/${kind}?lang=${document.documentElement.lang}`;
  keep(isOn ? "PUT" : "DELETE", path, { kind, code, isOn });
  if (!later) await sendAll();
}

async function sendAll() {
  try {
    if (waiting().length === 0) return;
    await mint();
    if (await flush(done)) return;
  } catch (problem) {
    if (problem.status && problem.status < 500 && problem.status !== 429) console.error(problem);
  }
  for (const { kind, code } of waiting()) tell(kind, code, text("stored"));
}

function submitted(event) {
  const form = event.target;
  const kind = Object.keys(KINDS).find((name) => name in form.dataset);
  if (kind) {
    event.preventDefault();
    const hadFocus = form.contains(document.activeElement);
    const isOn = form.dataset.mine === "off";
    choose(kind, form.dataset[kind], isOn);
    if (hadFocus) form.parentElement.querySelector(`form[data-mine="${isOn ? "on" : "off"}"] button`)?.focus();
  } else if ("needsDevice" in form.dataset && !isKnown()) {
    event.preventDefault();
    mint().catch(() => {}).then(() => HTMLFormElement.prototype.submit.call(form));
  }
}

async function load() {
  if (!isKnown()) return;
  try {
    const answer = await fetch(mine, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) return;
    const state = await answer.json();
    if (state.device === false) return void forget();
    for (const kind of Object.keys(chosen)) chosen[kind] = new Set(state[kind] ?? []);
    document.dispatchEvent(new CustomEvent("tw:mine", { detail: state }));
  } catch {
    // offline: what waits in the outbox is shown below
  }
  for (const { kind, code, isOn } of waiting()) chosen[kind][isOn ? "add" : "delete"](code);
  overlay();
}

/** Starts the overlay on pages of an event. */
export function startMine() {
  if (!api) return;
  document.addEventListener("submit", submitted);
  document.addEventListener("tw:change", overlay);
  document.addEventListener("tw:ask-mine", load);
  addEventListener("online", sendAll);
  addEventListener("pageshow", (event) => { if (event.persisted) load(); });
  load().then(sendAll);
}
