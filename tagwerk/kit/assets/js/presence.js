/** How this person takes part, in the house or from elsewhere: shown and changed with one tap. */
import { isKnown, mint } from "./device.js";
import { text } from "./texts.js";
import { toast } from "./toast.js";

const { api } = document.body.dataset;
const forms = () => document.querySelectorAll("form[data-presence]");
let said = document.querySelector("form[data-presence]")?.dataset.presence ?? "";

function show() {
  for (const form of forms()) {
    for (const choice of form.querySelectorAll("button[name=presence]")) {
      choice.setAttribute("aria-pressed", String(choice.value === said));
    }
  }
}

/** A second tap on what is chosen takes it back: saying it is free. */
async function submitted(event) {
  if (!("presence" in event.target.dataset)) return;
  event.preventDefault();
  const before = said;
  said = event.submitter?.value === said ? "" : (event.submitter?.value ?? "");
  show();
  try {
    await mint();
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const body = JSON.stringify({ presence: said });
    const answer = await fetch(`${api}/devices/me`, { method: "PUT", headers, body, credentials: "same-origin" });
    if (!answer.ok) throw new Error("refused");
  } catch {
    said = before;
    show();
    toast(text("failed"));
  }
}

/** Starts on pages that ask; what was said before comes with what the device did. */
export function startPresence() {
  if (!api) return;
  document.addEventListener("submit", submitted);
  document.addEventListener("tw:change", show);
  document.addEventListener("tw:mine", ({ detail }) => {
    said = isKnown() ? detail.presence ?? "" : "";
    show();
  });
}
