/** The hall screen: one page of a time slot after the other, changes over everything, honest about a lost line. */
import { clockTime, text } from "./texts.js";

const PAGE = 12_000;
const NOTICE = 20_000;
const FOOTER = 600_000;
const STALE = 30_000;
const IDLE = 3_000;
const TOLD = ["session.moved", "session.cancelled", "announcement"];

let board;
let shown = "";
let heardAt = Date.now();
const notices = [];

/** The pages worth showing: those whose time is over are left out unless nothing else is there. */
export function pagesToShow(pages) {
  const current = pages.filter((page) => page.closest("[data-board-slot]").dataset.time !== "past");
  return current.length > 0 ? current : pages.slice(-1);
}

function showPage(step = 1) {
  const pages = [...board.querySelectorAll("[data-board-page]")];
  const candidates = pagesToShow(pages);
  if (candidates.length === 0) return;
  const current = candidates.findIndex((page) => page.id === shown);
  const page = candidates[current < 0 ? 0 : (current + step + candidates.length) % candidates.length];
  shown = page.id;
  for (const other of pages) other.classList.toggle("is-shown", other === page);
  const dots = board.querySelector("[data-dots]");
  dots?.replaceChildren(...candidates.map((candidate) => {
    const dot = document.createElement("i");
    dot.classList.toggle("is-shown", candidate === page);
    return dot;
  }));
}

/** Shows the next notice over everything, one after the other. */
function showNotice() {
  const place = document.querySelector("[data-notice]");
  const notice = notices.shift();
  place.hidden = notice === undefined;
  if (notice === undefined) return;
  place.querySelector("[data-notice-text]").textContent = notice.words;
  for (const head of place.querySelectorAll("[data-notice-kind]")) head.hidden = head.dataset.noticeKind !== notice.kind;
  setTimeout(showNotice, NOTICE);
}

function changed({ detail }) {
  showPage(0);
  if (!TOLD.includes(detail.kind) || !detail.text) return;
  const isFree = document.querySelector("[data-notice]").hidden;
  notices.push({ words: detail.text, kind: detail.kind === "announcement" ? "word" : "change" });
  if (isFree) showNotice();
  const footer = board.querySelector("[data-changed]");
  footer.textContent = detail.text;
  footer.hidden = false;
  clearTimeout(changed.timer);
  changed.timer = setTimeout(() => { footer.hidden = true; }, FOOTER);
}

function watchLine() {
  const place = board.querySelector("[data-stale]");
  if (document.documentElement.dataset.connection === "live") heardAt = Date.now();
  const isStale = Date.now() - heardAt > STALE;
  place.hidden = !isStale;
  if (isStale) place.textContent = `${text("stale", { time: clockTime(new Date(heardAt)) })} – ${text("searching")}`;
}

async function stayAwake() {
  try { await navigator.wakeLock?.request("screen"); } catch { /* not allowed here: the laptop's own settings decide */ }
}

function hidePointerWhenIdle() {
  let timer = 0;
  const seen = () => {
    document.body.classList.remove("is-idle");
    clearTimeout(timer);
    timer = setTimeout(() => document.body.classList.add("is-idle"), IDLE);
  };
  addEventListener("pointermove", seen);
  addEventListener("keydown", seen);
  seen();
}

/** Starts the hall screen on the page that is one. */
export function startBoard() {
  board = document.querySelector("[data-board]");
  if (!board) return;
  showPage(0);
  setInterval(showPage, PAGE);
  setInterval(watchLine, 1_000);
  document.addEventListener("tw:change", changed);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) stayAwake(); });
  document.querySelector("[data-full-screen]")?.addEventListener("click", () => document.documentElement.requestFullscreen());
  addEventListener("keydown", ({ key }) => {
    if (key === "ArrowRight" || key === "PageDown") showPage(1);
    if (key === "ArrowLeft" || key === "PageUp") showPage(-1);
  });
  hidePointerWhenIdle();
  stayAwake();
}
