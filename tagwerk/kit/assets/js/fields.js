/** Small helps in forms: how many letters are left, a code that came with the address. */
import { text } from "./texts.js";

const NEAR = 20;

function count(field) {
  const place = document.querySelector(`[data-letters="${CSS.escape(field.id)}"]`);
  if (!place) return;
  const left = field.maxLength - field.value.length;
  place.textContent = left <= Math.max(NEAR, field.maxLength / 4) ? text("letters-left", { count: left }) : "";
}

/** A code that came with the address, after `#`, is typed in for the reader and taken out of the address bar. */
function takeCode() {
  const field = document.querySelector("input[data-code]");
  if (!field) return;
  const code = location.hash.replace(field.dataset.code === "letters" ? /[^A-Za-z0-9]/g : /\D/g, "");
  if (code.length < 4) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
}

/** Connects all fields at once, also those that come later. */
export function startFields() {
  takeCode();
  document.addEventListener("input", (event) => { if (event.target.maxLength > 0) count(event.target); });
}
