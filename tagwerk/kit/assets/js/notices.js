/** What changed for those who come: shown on every page until they say that they know. */
import { isKnown } from "./device.js";
import { say } from "./toast.js";

const CROWD = 2_000; // everybody who comes hears of it at once, and asks within this time
const { event } = document.body.dataset;
const MARK = `tw:${event}:known-notice`;
let concerning = new Set();
let shown = [];

const newest = () => Math.max(0, ...shown.map((notice) => notice.id));
const known = () => Number(localStorage.getItem(MARK) ?? 0);

function show() {
  const place = document.querySelector("[data-notices]");
  const news = shown.filter((notice) => notice.id > known());
  if (!news.length || document.querySelector("[data-all-notices]")) {
    if (news.length) know(); // this page lists them all
    place.hidden = true;
    return;
  }
  const lines = news.map((notice) => {
    const line = document.createElement("li");
    line.textContent = notice.text;
    return line;
  });
  place.querySelector("[data-notices-lines]").replaceChildren(...lines);
  if (place.hidden) say(news[0].text);
  place.hidden = false;
}

function know() {
  localStorage.setItem(MARK, String(newest()));
}

function heard({ detail }) {
  const hosted = (detail.hosting?.sessions ?? []).map((session) => session.code);
  concerning = new Set([...detail.coming ?? [], ...hosted]);
  shown = detail.notices ?? [];
  show();
}

function changed({ detail }) {
  if (detail.kind !== "session.notices" || !isKnown()) return;
  if (!detail.sessions.some((code) => concerning.has(code))) return;
  setTimeout(() => document.dispatchEvent(new CustomEvent("tw:ask-mine")), Math.random() * CROWD);
}

/** Starts on pages of an event that know what this device comes to. */
export function startNotices() {
  const place = document.querySelector("[data-notices]");
  if (!place) return;
  place.querySelector("[data-notices-known]").addEventListener("click", () => {
    know();
    show();
    document.getElementById("main")?.focus({ preventScroll: true });
  });
  document.addEventListener("tw:mine", heard);
  document.addEventListener("tw:change", changed);
  addEventListener("storage", ({ key }) => { if (key === MARK) show(); }); // said in another tab
}
