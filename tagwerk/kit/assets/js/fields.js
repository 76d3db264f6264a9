/** Says how many letters are left in fields with a limit. */
import { text } from "./texts.js";

const NEAR = 20;

function count(field) {
  const place = document.querySelector(`[data-letters="${CSS.escape(field.id)}"]`);
  if (!place) return;
  const left = field.maxLength - field.value.length;
  place.textContent = left <= Math.max(NEAR, field.maxLength / 4) ? text("letters-left", { count: left }) : "";
}

/** Connects all fields at once, also those that come later. */
export function startFields() {
  document.addEventListener("input", (event) => { if (event.target.maxLength > 0) count(event.target); });
}
