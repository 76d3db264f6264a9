/** The planning page follows its search, and where the crew wants it, the votes: a new preview a moment after each. */
import { refreshPage } from "./changes.js";

const LOOK = 700;
const GATHER = 150; // many votes at once are one search
const VOTES = /^(topic|session|sessions|slot|slots|room|barcamp|round)[.]/u;
const page = () => document.querySelector("[data-planning]");
let [looking, waiting] = [0, 0];

/** Looks again and again while something is searched for. */
function follow() {
  clearTimeout(looking);
  if (!page() || !("searching" in page().dataset)) return;
  looking = setTimeout(() => refreshPage().catch(() => {}).then(follow), LOOK);
}

async function searchAgain() {
  const address = document.querySelector("[data-plan-live]")?.dataset.planLive;
  if (!address || !document.getElementById("plan-live")?.checked) return;
  if (document.querySelector("[data-searching]")) return void (waiting = setTimeout(searchAgain, LOOK));
  const body = new URLSearchParams({ style: "keep", seconds: "live" });
  await fetch(address, { method: "POST", body, redirect: "manual" }); // what it finds comes with the stream
}

/** Starts following; does nothing on other pages. */
export function startPlanning() {
  if (!page()) return;
  follow();
  document.addEventListener("tw:change", ({ detail }) => {
    if (detail.kind === "plan.searched") refreshPage().then(follow);
    else if (detail.kind === "refresh") follow();
    else if (VOTES.test(detail.kind)) {
      clearTimeout(waiting);
      waiting = setTimeout(() => searchAgain().catch(() => {}), GATHER);
    }
  });
}
