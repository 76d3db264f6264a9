/** How this person takes part, in the house or from elsewhere: shown and changed with one tap. */
import { isKnown } from "./device.js";
import { keep, onSent, sendAll } from "./sending.js";
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
function submitted(event) {
  if (!("presence" in event.target.dataset)) return;
  event.preventDefault();
  const before = said;
  said = event.submitter?.value === said ? "" : (event.submitter?.value ?? "");
  show();
  const label = [event.target.querySelector("legend"), event.submitter].map((part) => part?.textContent.trim()).join(" ");
  keep("PUT", "devices/me", { kind: "presence", body: { presence: said }, before, label });
  sendAll();
}

function done({ before }, problem) {
  if (!problem) return;
  said = before;
  show();
  toast(problem.detail || text("failed"));
}

/** Starts on pages that ask; what was said before comes with what the device did. */
export function startPresence() {
  if (!api) return;
  onSent("presence", { done });
  document.addEventListener("submit", submitted);
  document.addEventListener("tw:change", show);
  document.addEventListener("tw:mine", ({ detail }) => {
    said = isKnown() ? detail.presence ?? "" : "";
    show();
  });
}
