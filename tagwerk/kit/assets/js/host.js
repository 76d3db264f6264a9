/** A host's phone: says when the stage comes near, and asks shortly before a session whether they are there. */
import { serverNow } from "./clock.js";
import { randomKey } from "./outbox.js";
import { clockTime, text } from "./texts.js";
import { say } from "./toast.js";

const ASKED_BEFORE = 10 * 60_000;
const LOOK_EVERY = 5_000;
const CROWD = 2_000; // what concerns everybody is asked for within this time, not at once
const BROAD = ["slots.shifted", "plan.published", "plan.withdrawn", "refresh"];

const { api, event } = document.body.dataset;
const own = { topics: [], sessions: [], stage: null };
const unsent = new Map(); // session -> sign that the server does not have yet
let told = "";
let timer = 0;

const region = () => document.querySelector("[data-hosting]");
const askOf = (code) => region().querySelector(`[data-hosting-ask="${CSS.escape(code)}"]`);

/** What the stage means for the first of my topics that is near it: how many come before, and how it is pitched. */
export function nearest(topics, stage) {
  const line = [stage?.number, ...(stage?.coming ?? [])].slice(0, 3);
  for (const [ahead, number] of line.entries()) {
    const topic = topics.find((one) => one.number === number);
    if (topic) return { ahead, topic };
  }
  return null;
}

function showStage() {
  const place = region().querySelector("[data-hosting-stage]");
  const near = nearest(own.topics, own.stage);
  place.hidden = !near;
  if (!near) { told = ""; return; }
  const { ahead, topic } = near;
  const words = ahead === 0
    ? text(`host-now-${topic.pitch}`)
    : `${text(ahead === 1 ? "host-next" : "host-two")}. ${text(`host-how-${topic.pitch}`)}`;
  place.querySelector("[data-number]").textContent = topic.number;
  place.querySelector("[data-words]").textContent = words;
  if (told !== words) say(words);
  told = words;
}

function isAsked({ start, end, sign }, now) {
  const begins = Date.parse(start);
  return now >= begins - ASKED_BEFORE && now < Date.parse(end) && !(sign === "here" && now >= begins);
}

/** Fills the question for one session; what has the focus stays, only words and buttons change. */
function fill(ask, session, now) {
  const values = { room: session.room_name, time: clockTime(new Date(session.start)) };
  const kind = session.sign || (now < Date.parse(session.start) ? "asked" : "runs");
  const words = text(`host-${kind}`, values);
  const line = ask.querySelector("[data-words]");
  if (line.textContent !== words) { line.textContent = words; say(words); }
  for (const button of ask.querySelectorAll("button")) {
    const isChosen = button.value === session.sign;
    if (isChosen && button === document.activeElement) ask.querySelector(`button:not([value="${session.sign}"])`).focus();
    button.hidden = isChosen;
  }
}

function showAsks() {
  const now = serverNow();
  const asked = own.sessions.filter((session) => isAsked(session, now));
  for (const session of asked) {
    let ask = askOf(session.code);
    if (!ask) {
      ask = document.getElementById("hosting-ask").content.firstElementChild.cloneNode(true);
      ask.dataset.hostingAsk = session.code;
      ask.querySelector("form").action = `/${event}/sessions/${session.code}/host-sign/`;
      region().append(ask);
    }
    fill(ask, session, now);
  }
  for (const ask of region().querySelectorAll("[data-hosting-ask]")) {
    if (!asked.some(({ code }) => code === ask.dataset.hostingAsk)) ask.remove();
  }
}

function show() {
  showStage();
  showAsks();
  region().hidden = ![...region().children].some((part) => !part.hidden);
}

/** Sends what was said; without a network it is tried again, and only the last word counts. */
async function send(code) {
  const sign = unsent.get(code);
  const path = `${api}/sessions/${encodeURIComponent(code)}/host-sign?lang=${document.documentElement.lang}`;
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": randomKey() };
  let problem = "";
  try {
    const answer = await fetch(path, { method: "PUT", headers, body: JSON.stringify({ sign }) });
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    if (unsent.get(code) === sign) unsent.delete(code);
    if (!answer.ok) problem = (await answer.json()).detail ?? text("failed");
  } catch {
    problem = text("stored");
  }
  const place = askOf(code)?.querySelector("[data-said]");
  if (place) { place.textContent = problem; place.hidden = !problem; }
}

const sendAll = () => [...unsent.keys()].forEach(send);

function submitted(submission) {
  const ask = submission.target.closest?.("[data-hosting-ask]");
  if (!ask || !submission.submitter) return;
  submission.preventDefault();
  const session = own.sessions.find(({ code }) => code === ask.dataset.hostingAsk);
  session.sign = submission.submitter.value;
  unsent.set(session.code, session.sign);
  show();
  send(session.code);
}

/** A change that concerns what is mine makes this device ask anew. */
function heard({ detail }) {
  if (detail.kind === "stage.step") own.stage = detail;
  if (detail.kind === "round.phase" && detail.phase !== "pitching") own.stage = null;
  const codes = new Set([detail.code, ...(detail.moves ?? []).map(({ code }) => code)]);
  const isMine = [...own.topics, ...own.sessions].some(({ code }) => codes.has(code));
  const isBroad = BROAD.includes(detail.kind) && own.topics.length + own.sessions.length > 0;
  if (isBroad || (isMine && /^(sessions?\.|topic\.planned)/.test(detail.kind))) {
    clearTimeout(timer);
    timer = setTimeout(() => document.dispatchEvent(new Event("tw:ask-mine")), isBroad ? Math.random() * CROWD : 0);
  }
  show();
}

/** Starts on pages of an event that have room for it. */
export function startHost() {
  if (!api || !region()) return;
  document.addEventListener("tw:mine", ({ detail }) => {
    Object.assign(own, { topics: [], sessions: [], stage: null }, detail.hosting ?? {});
    for (const session of own.sessions) session.sign = unsent.get(session.code) ?? session.sign;
    show();
  });
  document.addEventListener("tw:change", heard);
  document.addEventListener("submit", submitted);
  addEventListener("online", sendAll);
  setInterval(() => { sendAll(); show(); }, LOOK_EVERY);
}
