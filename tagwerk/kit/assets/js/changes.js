/** Brings one change onto the page: morphs what is there, sets counts, lets new things wait politely. */
import htmx from "htmx.org/dist/htmx.esm.js";

import { setCount, setThreshold } from "./counts.js";
import { rememberFocus } from "./focus.js";
import { holdBack, renew } from "./newbar.js";
import { insertSlot } from "./slots.js";
import { announce, say } from "./toast.js";

htmx.config.includeIndicatorCSS = false;
htmx.config.history = false;
htmx.initialize = () => {}; // it would look through every page for attributes of its own, and ours have none
// What the device knows (hidden buttons, clock state) is not in the server's HTML and must survive it.
htmx.config.morphIgnore = ["data-htmx-powered", "hidden", "data-time", "open"];
htmx.config.morphSkip = "[data-keep], dialog[open]"; // forms somebody is typing in

const SEEN = 1_600;
const CROWD = 2_000;
const REFRESHES = 3;
const MOVES = new Set(["topic.planned", "session.moved", "sessions.rearranged"]);
const ANNOUNCED = new Set(["announcement", "plan.published", "round.phase"]); // seen by all and read aloud

let taken = 0; // pieces and pages that were brought onto this page

/** Marks an element as changed for as long as the eye needs. */
function highlight(element, className) {
  element.classList.remove("is-changed", "is-placed");
  void element.offsetWidth; // restarts the animation
  element.classList.add(className);
  setTimeout(() => element.classList.remove(className), SEEN);
}

/** The elements of a piece of HTML, without running anything in it. */
export function elementsOf(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return [...holder.content.children];
}

async function morph(target, html) {
  await htmx.swap({ sourceElement: target, target, text: html, swap: "outerMorph" });
}

async function place(piece, change) {
  taken += 1;
  const there = document.getElementById(piece.id);
  if (!there) {
    if (renew(piece) || insertSlot(piece)) return;
    const mine = document.getElementById("topics")?.dataset.cards ?? "topic-"; // the desk's message has rows for two pages
    if (change.kind === "topic.proposed" && piece.id.startsWith(mine)) holdBack(piece);
    return;
  }
  const moves = MOVES.has(change.kind);
  await morph(there, piece.outerHTML);
  const now = document.getElementById(piece.id);
  if (now) highlight(now, moves && now.matches("[data-moves]") ? "is-placed" : "is-changed");
}

/** The crew sees what it did where it did it: there a note would only lie over the undo button. */
const tellEverybody = document.body.dataset.liveToken ? say : announce;

/** Applies one message of the stream and then tells the page's other scripts. */
export async function applyChange(change) {
  const bringFocusBack = rememberFocus();
  if (change.kind === "topic.count") setCount(change);
  if (change.kind === "barcamp.rules") setThreshold(change);
  for (const piece of elementsOf(change.html ?? "")) {
    if (piece.id) await place(piece, change);
  }
  bringFocusBack();
  if (ANNOUNCED.has(change.kind)) tellEverybody(change.text);
  if (change.kind === "slots.shifted") {
    const isDesk = "liveToken" in document.body.dataset; // there the grid says it, and a toast would cover the undo bar
    if (!isDesk) tellEverybody(change.text);
    if (document.querySelector("main .place time")) setTimeout(refreshPage, Math.random() * CROWD); // cards name times, too
  }
  document.dispatchEvent(new CustomEvent("tw:change", { detail: change }));
}

/** Brings the fresh list into the order this visit knows; what is new waits behind the button. */
function keepOrder(freshMain) {
  const [list, fresh] = [document.getElementById("topics"), freshMain.querySelector("#topics")];
  if (!list || !fresh || !document.querySelector("[data-new-bar]")) return;
  const incoming = new Map([...fresh.children].map((card) => [card.id, card]));
  const known = [...list.children].map((card) => incoming.get(card.id)).filter(Boolean);
  const unseen = [...incoming.values()].filter((card) => card.id && !known.includes(card));
  fresh.replaceChildren(...known);
  unseen.forEach(holdBack);
}

/** The offer to undo belongs to what this person did; a page that is only fetched anew does not know it. */
function keepUndo(main, freshMain) {
  const offer = main.querySelector("[data-undo]");
  if (offer && !freshMain.querySelector("[data-undo]")) freshMain.append(offer.cloneNode(true));
}

/** Puts the main part of a page that was just fetched in the place of ours; a lost focus goes to the element `home`. */
export async function takePage(html, home = "", isRefresh = false) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const [main, freshMain] = [document.querySelector("main"), fresh.querySelector("main")];
  if (!main || !freshMain) return;
  taken += 1;
  const bringFocusBack = rememberFocus();
  keepOrder(freshMain);
  if (isRefresh) keepUndo(main, freshMain);
  document.dispatchEvent(new CustomEvent("tw:fresh", { detail: freshMain }));
  await morph(main, freshMain.outerHTML);
  bringFocusBack(home);
  document.dispatchEvent(new CustomEvent("tw:change", { detail: { kind: "refresh" } }));
}

/**
 * Fetches this page anew and morphs its main part; what was typed and what has the focus stays. What changed here
 * meanwhile may be newer than what was fetched: then it is fetched once more.
 */
export async function refreshPage(tries = REFRESHES) {
  const before = taken;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-cache" });
  if (answer.status === 404) return void location.reload(); // it is gone, and the page says so
  if (!answer.ok) return undefined;
  const html = await answer.text();
  return before === taken || tries <= 1 ? takePage(html, "", true) : refreshPage(tries - 1);
}
