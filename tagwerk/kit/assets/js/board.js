/** A wall of the house: one page after the other, pointer hidden, awake; what else it does stands in the wall-*.js files. */
import { startWallLine } from "./wall-line.js";
import { startWallNotices } from "./wall-notices.js";
import { startWallState } from "./wall-state.js";

const PAGE = 12_000;
const IDLE = 3_000;

let board;
let shown = "";

/** The pages worth showing: those whose time is over are left out unless nothing else is there. */
export function pagesToShow(pages) {
  const current = pages.filter((page) => page.closest("[data-board-slot]")?.dataset.time !== "past");
  return current.length > 0 ? current : pages.slice(-1);
}

function showPage(step = 1) {
  const pages = [...board.querySelectorAll("[data-board-page]")].filter((page) => page.getClientRects().length > 0);
  const candidates = pagesToShow(pages);
  const current = candidates.findIndex((page) => page.id === shown);
  const page = candidates[current < 0 ? 0 : (current + step + candidates.length) % candidates.length];
  shown = page?.id ?? "";
  for (const other of pages) other.classList.toggle("is-shown", other === page);
  board.querySelector("[data-dots]")?.replaceChildren(...candidates.map((candidate) => {
    const dot = document.createElement("i");
    dot.classList.toggle("is-shown", candidate === page);
    return dot;
  }));
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

/** Starts a wall on the page that is one. */
export function startBoard() {
  board = document.querySelector("[data-board]");
  if (!board) return;
  showPage(0);
  setInterval(showPage, PAGE);
  startWallState(board, () => showPage(0));
  startWallNotices(board);
  startWallLine(board);
  document.addEventListener("tw:change", () => showPage(0));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) stayAwake(); });
  document.querySelector("[data-full-screen]")?.addEventListener("click", () => document.documentElement.requestFullscreen());
  addEventListener("keydown", ({ key }) => {
    if (key === "ArrowRight" || key === "PageDown") showPage(1);
    if (key === "ArrowLeft" || key === "PageUp") showPage(-1);
  });
  hidePointerWhenIdle();
  stayAwake();
}
