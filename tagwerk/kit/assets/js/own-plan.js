/** The own plan without a network: what this device did, shown with the pieces of the pages that it keeps. */
import { serverNow } from "./clock.js";
import { clockTime, text } from "./texts.js";

const { worker } = document.body.dataset;
const root = worker?.replace(/sw\.js$/, "");
const place = (name) => document.querySelector(`[data-own-${name}]`);

/** A page of the event as this device keeps it, else as the server has it. */
async function pageOf(path) {
  const answer = (await caches.match(root + path).catch(() => undefined)) ?? (await fetch(root + path));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** A session of the programme as one line: when, what, where. */
function line(session) {
  const copy = document.importNode(session, true);
  const slot = session.closest(".slot");
  const time = document.createElement("time");
  time.className = "session__number";
  time.dateTime = slot?.dataset.start ?? "";
  time.textContent = slot?.querySelector("h3")?.textContent.trim() ?? "";
  copy.querySelector(".session__number")?.remove();
  copy.querySelector(".session__head").prepend(time);
  copy.removeAttribute("data-column");
  return copy;
}

const found = (page, kind, codes) =>
  [...page.querySelectorAll(`[id^="${kind}-"]`)].filter(({ id }) => codes.has(id.slice(kind.length + 1)));

async function show({ interest = [], coming = [], proposals = [] }) {
  const [topics, schedule] = await Promise.all([pageOf("topics/"), pageOf("schedule/")]);
  const sessions = found(schedule, "session", new Set(coming)).map(line);
  const cards = found(topics, "topic", new Set([...interest, ...proposals])).map((card) => document.importNode(card, true));
  place("sessions").replaceChildren(...sessions);
  place("topics").replaceChildren(...cards);
  place("plan").hidden = false;
  place("nothing").hidden = sessions.length + cards.length > 0;
  const told = Date.parse(schedule.body.dataset.now ?? "") || serverNow();
  place("stand").textContent = text("stale", { time: clockTime(new Date(told)) });
  document.dispatchEvent(new CustomEvent("tw:change", { detail: { kind: "own" } }));
}

/** Starts on the page for the way; offline the worker gives it in the place of "my plan". */
export function startOwnPlan() {
  if (!document.querySelector("[data-on-the-way]")) return;
  const line = document.querySelector("[data-no-line]");
  const say = () => { line.hidden = navigator.onLine; };
  addEventListener("online", say);
  addEventListener("offline", say);
  say();
  document.addEventListener("tw:mine", ({ detail }) => show(detail).catch(() => {}));
  document.addEventListener("tw:forgotten", () => { place("plan").hidden = true; });
}
