/** Shows the stage on the moderator's phone: words, queue, and a timer that neither flashes nor sounds. */
import { serverNow } from "./clock.js";
import { readyAt, secondsLeft } from "./stage-rules.js";
import { clockTime } from "./texts.js";

const WARNING = 10;
const SOON = 2;
let buzzed = "";

const all = (name) => document.querySelectorAll(`[data-stage-${name}]`);
const put = (name, words) => { for (const place of all(name)) if (place.textContent !== words) place.textContent = words; };
const show = (name, isShown) => { for (const place of all(name)) place.hidden = !isShown; };
const fill = (name, values) => {
  for (const place of all(name)) {
    const words = place.getAttribute(`data-stage-${name}`).replace(/\{(\w+)\}/g, (_whole, key) => String(values[key]));
    if (place.textContent !== words) place.textContent = words;
  }
};
const spoken = ({ number }) => (number === null ? "•" : String(number));

function showCurrent({ current, done, queue }) {
  show("there", Boolean(current));
  show("empty", !current);
  show("waits", queue.length > 0);
  show("over", queue.length === 0);
  for (const place of document.querySelectorAll("[data-stage-when]")) {
    place.hidden = (place.dataset.stageWhen === "first") !== (done === 0);
  }
  put("absent", String(queue.length));
  for (const field of document.querySelectorAll("input[data-stage-ended]")) field.value = current?.code ?? "";
  if (!current) return;
  put("number", spoken(current));
  put("title", current.title);
  put("host", current.host);
  put("text", current.text);
  show("text", Boolean(current.text));
  for (const tag of document.querySelectorAll("[data-stage-if]")) {
    tag.hidden = tag.dataset.stageIf === "read" ? current.pitch !== "read" : !current.online;
  }
  fill("counts", current);
}

function showQueue({ current, queue }, chosen) {
  put("coming", queue.slice(0, SOON).map(spoken).join(", ") || "–");
  show("block", Boolean(queue[0]?.online && !current?.online));
  const finished = document.querySelector("template[data-stage-finished]")?.content.textContent ?? "";
  put("after", queue[0] ? `${queue[0].number ?? ""} ${queue[0].title}`.trim() : finished);
  const list = document.querySelector("[data-stage-queue]");
  list?.replaceChildren(...queue.filter(({ number }) => number !== null).map((topic) => {
    const entry = document.createElement("li");
    const button = document.createElement("button");
    button.name = "number";
    button.value = String(topic.number);
    button.setAttribute("aria-pressed", String(topic.number === chosen));
    const [number, title] = [document.createElement("b"), document.createElement("span")];
    number.textContent = spoken(topic);
    title.textContent = topic.title;
    button.append(number, " ", title);
    entry.append(button);
    return entry;
  }));
}

/** Shows `stage`; `chosen` is the number picked as the next one, which then stands first. */
export function showStage(stage, chosen, kept) {
  showCurrent(stage);
  showQueue(stage, chosen);
  showTime(stage);
  const place = document.querySelector("[data-stage-kept]");
  const words = kept ? place?.dataset.stageKept.replace("{count}", String(kept)) : "";
  if (place && place.textContent !== words) place.textContent = words;
}

/** Brings timer and estimate to this second, and lets the phone tremble at ten seconds and at none. */
export function showTime(stage) {
  const { done, total, average, current } = stage;
  const time = clockTime(new Date(readyAt(stage, serverNow())));
  fill("line", { position: Math.min(done + 1, total), total, average, time });
  if (!current) return;
  const left = Math.round(secondsLeft(stage, serverNow()));
  const [minutes, seconds] = [Math.trunc(Math.abs(left) / 60), Math.abs(left) % 60];
  put("left", `${left < 0 ? "+" : ""}${minutes}:${String(seconds).padStart(2, "0")}`);
  for (const bar of all("bar")) {
    bar.max = stage.seconds + current.extra;
    bar.value = Math.max(0, left);
  }
  tremble(current, left);
}

function tremble(current, left) {
  const moment = left <= 0 ? "over" : left <= WARNING ? "soon" : "";
  const mark = `${current.code}:${current.extra}:${moment}`;
  const mayBuzz = navigator.userActivation?.hasBeenActive ?? true; // before the first tap browsers refuse, loudly
  if (moment && mark !== buzzed && mayBuzz) navigator.vibrate?.(moment === "over" ? [200, 100, 200] : 100);
  buzzed = mark;
}

/** A page that was fetched brings what the server knows; what is shown here may be steps ahead, and stays. */
export function keepShown({ detail: fresh }) {
  for (const part of ["[data-stage-page]", "[data-stage-dock]"]) {
    fresh.querySelector(part)?.replaceWith(document.querySelector(part).cloneNode(true));
  }
}
