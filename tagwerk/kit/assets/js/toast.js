/** Short notes at thumb height, spoken politely and not too often. */
import { text } from "./texts.js";

const SPOKEN_EVERY = 20_000;
const SHOWN = 12_000;
let spokenAt = -SPOKEN_EVERY;
let next = null;
let timer = 0;

function speak() {
  timer = 0;
  const place = document.querySelector("[data-announcer]");
  if (!place || next === null) return;
  place.textContent = next;
  next = null;
  spokenAt = performance.now();
}

/** Has `words` read aloud at most every 20 seconds; of several that wait, only the last is read. */
export function say(words) {
  next = words;
  if (timer) return;
  timer = setTimeout(speak, Math.max(0, spokenAt + SPOKEN_EVERY - performance.now()));
}

/** Shows `words` until closed or for 12 seconds; never takes the focus. */
export function toast(words) {
  const place = document.querySelector("[data-toasts]");
  if (!place || !words) return;
  const note = document.createElement("div");
  note.className = "toast";
  const line = document.createElement("p");
  line.textContent = words;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = text("close");
  close.addEventListener("click", () => note.remove());
  note.append(line, close);
  [...place.querySelectorAll(".toast")].slice(0, -1).forEach((older) => older.remove()); // the newest two stay
  place.append(note);
  const leave = () => (note.matches(":hover, :focus-within") ? setTimeout(leave, SHOWN / 4) : note.remove());
  setTimeout(leave, SHOWN);
}

/** An announcement of the crew: seen and read. */
export function announce(words) {
  toast(words);
  say(words);
}
