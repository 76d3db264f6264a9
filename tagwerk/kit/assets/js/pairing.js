/** A screen of the house asks the crew to be paired, and then shows the hall code. */
const WAITING = 3_000;
const PAIRED = 20_000;
const MARK = `tw:${document.body.dataset.event}:screen`;

async function look(place, address) {
  let pause = PAIRED;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
    const { state, pairing_code: pairing, hall_code: code } = await answer.json();
    if (state === "none") return void leave(place);
    pause = state === "waiting" ? WAITING : PAIRED;
    for (const part of document.querySelectorAll("[data-screen]")) part.hidden = part.dataset.screen !== state;
    for (const digits of document.querySelectorAll("[data-digits]")) {
      const all = pairing ?? code ?? "";
      digits.textContent = `${all.slice(0, 3)} ${all.slice(3)}`.trim();
    }
    document.querySelector("[data-pair]").hidden = true;
    place.hidden = false;
  } catch {
    // the line is gone: what is shown stays, the board says so itself
  }
  setTimeout(look, pause, place, address);
}

/** The crew took the screen away: it is an ordinary one again. */
function leave(place) {
  localStorage.removeItem(MARK);
  for (const part of document.querySelectorAll("[data-screen]")) part.hidden = true;
  place.hidden = true;
  document.querySelector("[data-pair]").hidden = false;
}

/** Starts on the hall screen; asks nobody anything until somebody pressed the button here. */
export function startPairing() {
  const place = document.querySelector("[data-hall-code]");
  if (!place) return;
  document.querySelector("[data-pair]").addEventListener("submit", () => localStorage.setItem(MARK, "1"));
  if (localStorage.getItem(MARK)) look(place, place.dataset.hallCode);
}
