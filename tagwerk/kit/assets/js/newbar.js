/** New topics wait behind a button, because a list must never move under a thumb. */
import { text } from "./texts.js";

const waiting = [];

function button() {
  return document.querySelector("[data-new-bar] button");
}

function show() {
  const bar = button()?.parentElement;
  if (!bar) return;
  bar.hidden = waiting.length === 0;
  button().firstElementChild.textContent = text(waiting.length === 1 ? "new-one" : "new-many", { count: waiting.length });
}

/** Keeps a new card until it is asked for; does nothing on pages without a list of cards. */
export function holdBack(card) {
  if (!button() || !document.getElementById("topics")) return;
  if (!renew(card)) waiting.push(card);
  show();
}

/** What waits behind the button, so that it stays true while it waits. */
export const held = () => waiting;

/** Puts a fresh card in the place of one that waits; tells whether it did. */
export function renew(card) {
  const known = waiting.findIndex((other) => other.id === card.id);
  if (known >= 0) waiting[known] = card;
  return known >= 0;
}

function release() {
  const list = document.getElementById("topics");
  const first = waiting[0];
  document.querySelector("[data-when-empty]")?.remove();
  list.prepend(...waiting.splice(0));
  show();
  document.dispatchEvent(new CustomEvent("tw:change", { detail: { kind: "shown" } }));
  first?.querySelector("a, button")?.focus({ preventScroll: true });
  first?.scrollIntoView({ block: "center" });
}

/** Connects the button, also one that comes later. */
export function startNewBar() {
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-new-bar] button")) release(); });
  document.addEventListener("tw:change", show); // a page that was fetched anew comes with an empty label
}
