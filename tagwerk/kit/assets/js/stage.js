/** The Bühne: every button is a step, done here at once and sent when it can be; each names the pitch that it ends. */
import { serverNow } from "./clock.js";
import { outbox } from "./outbox.js";
import { onPresenterKeys, stayAwake } from "./presenter.js";
import { after, newCode } from "./stage-rules.js";
import { keepShown, showStage, showTime } from "./stage-view.js";
import { text } from "./texts.js";
import { toast } from "./toast.js";

const SAME_TAP = 700; // within it a second tap means what just changed under the thumb
const TRY_AGAIN = 5_000;
const SIGNED_OUT = [401, 403];
const { api } = document.body.dataset;
const shelf = outbox("stage", { again: [...SIGNED_OUT, 429, 502, 503, 504], returns: false });
let truth = null; // as the server said last
let chosen = null; // the number that is to come next
let changedAt = 0;
let shownCode = "";
let lastHands = null; // what undo takes back while nothing else was done since

/** What the server knows and what waits here, in order; who was picked stands first. */
function here() {
  const stage = shelf.waiting().reduce((state, { step }) => after(state, step), truth);
  const first = stage.queue.find(({ number }) => number === chosen);
  if (!first) chosen = null;
  return first ? { ...stage, queue: [first, ...stage.queue.filter((topic) => topic !== first)] } : stage;
}

function show() {
  const stage = here();
  const code = stage.current?.code ?? "";
  if (code !== shownCode) changedAt = Date.now();
  shownCode = code;
  showStage(stage, chosen, shelf.waiting().length);
}

/** Takes what the server says, unless it is older than what is known. */
function learn(state) {
  if (truth && (state.round < truth.round || (state.round === truth.round && state.revision < truth.revision))) return;
  truth = state;
  show();
}

function done(_entry, problem, answer) {
  if (problem) toast(problem.detail || text("failed"));
  else if (answer.queue) learn(answer);
  else for (const topic of [truth.current, ...truth.queue]) if (topic?.code === answer.code) topic.hands = answer.without_phone;
  show();
}

async function sendAll() {
  await shelf.ready;
  if (shelf.waiting().length === 0) return;
  const wentOut = await shelf.flush(done);
  if (wentOut) return void document.querySelector("[data-stage-sign-in]")?.setAttribute("hidden", "");
  show();
  const probe = navigator.onLine && (await fetch(`${api}/stage`, { cache: "no-store" }).catch(() => null));
  const notice = document.querySelector("[data-stage-sign-in]");
  if (notice) notice.hidden = !(probe && SIGNED_OUT.includes(probe.status));
}

function keep(step) {
  const isHands = step.do === "hands";
  lastHands = isHands ? step : null;
  const path = isHands ? `topics/${step.code}/hand-counts` : "stage/steps";
  const body = isHands ? { count: step.count } : step;
  shelf.keep("POST", `${api}/${path}?lang=${document.documentElement.lang}`, { step, body });
  show();
  sendAll();
}

/** Takes the last step back: one that waits here is never sent, one that was is undone by the server. */
function undo() {
  chosen = null;
  const hands = lastHands;
  lastHands = null;
  if (shelf.takeLast()) return show();
  if (hands) {
    keep({ ...hands, count: -hands.count });
    lastHands = null;
    return undefined;
  }
  const waiting = shelf.waiting().filter(({ step }) => step.do !== "hands").length;
  return keep({ do: "undo", step: truth.step + waiting });
}

const ends = () => ({ ended: here().current?.code ?? "", at: new Date(serverNow()).toISOString() });
const VERBS = {
  next() {
    if (Date.now() - changedAt < SAME_TAP) return;
    const step = chosen === null ? { do: "next", ...ends() } : { do: "number", number: chosen, ...ends() };
    chosen = null;
    keep(step);
  },
  absent() {
    const step = { do: "absent", ...ends() };
    if (step.ended && Date.now() - changedAt >= SAME_TAP) keep(step);
  },
  time() {
    const { current } = here();
    if (current) keep({ do: "time", ended: current.code, seconds: 15, seen: current.extra });
  },
  number(_form, submitter) {
    const number = Number(submitter?.value);
    chosen = number === chosen ? null : number;
    show();
  },
  call_out(form) {
    const title = form.elements.title.value.trim();
    if (title) keep({ do: "call_out", title, code: newCode() });
    form.reset();
  },
  hands(_form, submitter) {
    const { current } = here();
    if (current) keep({ do: "hands", code: current.code, count: Number(submitter?.value) });
  },
  undo,
};

function submitted(event) {
  const form = event.target;
  if (!form.matches("[data-stage-form]")) return;
  event.preventDefault();
  VERBS[form.elements.do.value](form, event.submitter);
  form.closest("details[open]")?.removeAttribute("open");
}

const told = () => {
  const words = document.getElementById("stage-state")?.dataset.stage;
  if (words) learn(JSON.parse(words));
};

/** Starts the Bühne on the page that is one. */
export function startStage() {
  if (document.querySelector("[data-stage-begin]")) {
    document.addEventListener("tw:change", ({ detail }) => { if (detail.kind === "round.phase") location.reload(); });
  }
  if (!document.querySelector("[data-stage-dock]")) return;
  told();
  changedAt = 0;
  document.addEventListener("submit", submitted);
  document.addEventListener("tw:change", () => { told(); sendAll(); });
  onPresenterKeys({ PageDown: VERBS.next, PageUp: VERBS.undo });
  document.addEventListener("tw:fresh", keepShown);
  addEventListener("online", sendAll);
  setInterval(() => showTime(here()), 250);
  setInterval(sendAll, TRY_AGAIN);
  stayAwake();
  shelf.ready.then(show).then(sendAll);
}
