/** The number pad of a participation card: a tap shows at once, and the line catches up in order. */
const AGAIN = 2_000;
const waiting = new Map(); // number -> whether it is wished for; the last tap counts
let sending = false;
let next = null; // a form that waits until every tap has arrived

const padOf = () => document.querySelector("[data-card-pad]");
const keyOf = (number) => padOf()?.querySelector(`button[value="${CSS.escape(number)}"]`);

function say(words, isBad = false) {
  const place = document.querySelector("[data-card-said]");
  if (!place) return;
  place.textContent = words;
  place.toggleAttribute("data-bad", isBad);
}

/** Marks a key and keeps the list of titles in step with the pad. */
function mark(key, isOn) {
  key.setAttribute("aria-pressed", String(isOn));
  key.name = isOn ? "off" : "on"; // what the button would say without us
  const list = document.querySelector("[data-card-list]");
  const wished = [...padOf().querySelectorAll('[aria-pressed="true"]')];
  list.replaceChildren(...wished.map((one) => Object.assign(document.createElement("li"), { textContent: one.dataset.title })));
  document.querySelector("[data-card-wishes]").hidden = !wished.length;
}

/** Sends one tap; true when it needs no further try. */
async function sent(number, isOn) {
  const body = new URLSearchParams({ [isOn ? "on" : "off"]: number });
  const answer = await fetch(padOf().action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.ok) return true;
  if (answer.status >= 500 || answer.status === 429) return false;
  const problem = await answer.json().catch(() => ({}));
  mark(keyOf(number), !isOn);
  say(problem.detail ?? "", true);
  return true;
}

async function send() {
  if (sending) return;
  sending = true;
  while (waiting.size) {
    const [number, isOn] = waiting.entries().next().value;
    const isThere = await sent(number, isOn).catch(() => false);
    if (isThere && waiting.get(number) === isOn) waiting.delete(number);
    if (!isThere) {
      say(padOf().dataset.waiting);
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
  sending = false;
  next?.requestSubmit();
  next = null;
}

function submitted(event) {
  const pad = event.target.closest("[data-card-pad]");
  const key = event.submitter;
  if (!pad || !key) {
    if (!waiting.size) return;
    event.preventDefault(); // the next card waits for the taps of this one
    next = event.target;
    return;
  }
  event.preventDefault();
  const isOn = key.getAttribute("aria-pressed") !== "true";
  mark(key, isOn);
  say((isOn ? pad.dataset.on : pad.dataset.off).replace("{title}", key.dataset.title));
  document.querySelector("[data-card-note]")?.remove();
  waiting.set(key.value, isOn);
  send();
}

/** Starts on a card's page; on a touch screen the pad comes first, so no keyboard is called up. */
export function startCards() {
  document.addEventListener("submit", submitted);
  addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
  if (!matchMedia("(pointer: coarse)").matches) document.querySelector("[data-fine-focus]")?.focus();
}
