/** Reads a page aloud with the browser's own voice, piece by piece, each in its language. */
import { text } from "./texts.js";
import { toast } from "./toast.js";

const PIECES = "h1, h2, h3, h4, p, li, dt, dd, blockquote, summary";
const SILENT = "form, nav, [data-read], [data-unread], .kern-btn, .new-bar, [aria-hidden='true']";
const LONGEST = 180; // some voices stop for good in the middle of a long piece
const voice = () => window.speechSynthesis;
let queue = [];

/** What is read of a page, in its order: `{element, words, lang}`; what is hidden or only for tapping is left out. */
export function piecesOf(main) {
  return [...main.querySelectorAll(PIECES)]
    .filter((part) => !part.querySelector(PIECES) && !part.closest(SILENT) && part.checkVisibility?.({ visibilityProperty: true }) !== false)
    .map((element) => ({ element, words: wordsOf(element), lang: element.closest("[lang]").lang }))
    .filter(({ words }) => words);
}

/** The words of a piece without what is only drawn; parts beside each other get a breath between them. */
function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll("[aria-hidden='true']")) part.remove();
  for (const part of copy.querySelectorAll("span, b, time, a")) part.append(" ");
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** Long words in pieces that end at the end of a sentence, else between two words. */
export function inBreaths(words) {
  const found = [];
  let rest = words;
  while (rest.length > LONGEST) {
    const part = rest.slice(0, LONGEST);
    const end = Math.max(part.lastIndexOf(". "), part.lastIndexOf("? "), part.lastIndexOf("! ")) + 1 || part.lastIndexOf(" ") || LONGEST;
    found.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...found, rest].filter(Boolean);
}

function show(isReading) {
  for (const button of document.querySelectorAll("[data-read-aloud]")) button.hidden = isReading;
  for (const button of document.querySelectorAll("[data-read-stop]")) button.hidden = !isReading;
}

function mark(element) {
  for (const part of document.querySelectorAll(".is-read")) part.classList.remove("is-read");
  element?.classList.add("is-read");
}

function stop() {
  queue = [];
  voice().cancel();
  mark(null);
  show(false);
}

function next() {
  const piece = queue.shift();
  if (!piece) return stop();
  const said = new SpeechSynthesisUtterance(piece.words);
  said.lang = piece.lang === "de" ? "de-DE" : piece.lang;
  said.voice = voice().getVoices().find(({ lang, localService }) => localService && lang.startsWith(piece.lang)) ?? null;
  said.onstart = () => mark(piece.element);
  said.onend = () => { if (queue.length > 0 || piece.isLast) next(); };
  said.onerror = ({ error }) => {
    if (["canceled", "interrupted"].includes(error)) return;
    stop();
    toast(text("no-voice"));
  };
  return voice().speak(said);
}

function read() {
  voice().cancel();
  const pieces = piecesOf(document.querySelector("main"));
  queue = pieces.flatMap(({ element, words, lang }) => inBreaths(words).map((part) => ({ element, words: part, lang })));
  if (queue.length === 0) return;
  queue.at(-1).isLast = true;
  show(true);
  next();
}

function clicked({ target }) {
  const [begin, end] = [target.closest?.("[data-read-aloud]"), target.closest?.("[data-read-stop]")];
  if (begin) read();
  if (end) stop();
  const part = (begin ?? end)?.closest("[data-read]");
  part?.querySelector(begin ? "[data-read-stop]" : "[data-read-aloud]").focus();
}

/** Starts on pages that can be read aloud, in browsers that can read. */
export function startSpeech() {
  if (!("speechSynthesis" in window) || !document.querySelector("main[data-readable]")) return;
  for (const part of document.querySelectorAll("[data-read]")) part.hidden = false;
  document.addEventListener("click", clicked);
  addEventListener("pagehide", () => voice().cancel());
}
