/** What changed, over the whole wall for 20 seconds and in its foot for ten minutes. */
const NOTICE = 20_000;
const FOOTER = 600_000;
const AT_ONCE = 3; // lines that can be read together
const MOST = 9; // when everything moves at once, the programme says it better
const CHANGED = ["session.moved", "sessions.rearranged", "session.cancelled", "session.restored"];
const DISRUPTION = "\u26a0"; // stands on the wall as a state of its own

const waiting = [];
let footerTimer = 0;
let isShort = false;

function line(words) {
  const place = document.createElement("p");
  place.textContent = words;
  return place;
}

/** Shows the next notices of one kind together, and then those that came meanwhile. */
function showNotices() {
  const place = document.querySelector("[data-notice]");
  const [first] = waiting;
  place.hidden = first === undefined;
  if (first === undefined) return;
  const different = waiting.findIndex(({ kind }) => kind !== first.kind);
  const together = waiting.splice(0, Math.min(first.kind === "word" ? 1 : AT_ONCE, different < 0 ? AT_ONCE : different));
  place.querySelector("[data-notice-text]").replaceChildren(...together.map(({ words }) => line(words)));
  for (const head of place.querySelectorAll("[data-notice-kind]")) head.hidden = head.dataset.noticeKind !== first.kind;
  place.querySelector("[data-notice-more]").hidden = !isShort || waiting.length > 0;
  if (waiting.length === 0) isShort = false;
  place.classList.toggle("is-many", together.length > 1);
  setTimeout(showNotices, NOTICE);
}

/** The head of a notice, as the footer says it too. */
const headOf = (kind) => document.querySelector(`[data-notice-kind="${kind}"]`)?.textContent ?? "";

function changed({ detail }) {
  const kind = detail.kind === "announcement" ? "word" : "change";
  if (!detail.text || !(kind === "word" || CHANGED.includes(detail.kind)) || detail.text.startsWith(DISRUPTION)) return;
  const isFree = document.querySelector("[data-notice]").hidden;
  for (const words of detail.lines ?? [detail.text]) {
    if (waiting.length < MOST) waiting.push({ words, kind });
    else isShort = true;
  }
  if (isFree) showNotices();
  const footer = document.querySelector("[data-changed]");
  footer.textContent = `${headOf(kind)}: ${detail.text}`;
  footer.hidden = false;
  clearTimeout(footerTimer);
  footerTimer = setTimeout(() => { footer.hidden = true; }, FOOTER);
}

/** Starts on a hall screen; other walls show what changed in its place. */
export function startWallNotices(board) {
  if (board.matches(".board--hall")) document.addEventListener("tw:change", changed);
}
