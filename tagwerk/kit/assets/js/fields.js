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

/** Says in our words what was chosen; the browser's own, in whatever language it speaks, lie under them. */
function nameFile(field) {
  const place = field.parentElement.querySelector("[data-file-name]");
  if (!place) return;
  place.dataset.none ??= place.textContent;
  place.textContent = [...field.files].map(({ name }) => name).join(", ") || place.dataset.none;
  place.classList.toggle("is-chosen", field.files.length > 0);
}

/** Says before anything is sent that a file is larger than what the server takes: what was typed beside it stays. */
function weigh(field) {
  const { most, tooLarge } = field.dataset;
  const isTooLarge = most && [...field.files].some(({ size }) => size > most * 1024 * 1024);
  field.setCustomValidity(isTooLarge ? tooLarge : "");
  return !isTooLarge || field.reportValidity();
}

/** Most forms are judged by the server alone; a file that it would not take is not sent at all. */
function holdBack(event) {
  const files = [...event.target.querySelectorAll("[data-most]")];
  if (!files.every(weigh)) event.preventDefault();
}

const nameFiles = () => document.querySelectorAll(".file-pick input").forEach(nameFile);

/** Connects all fields at once, also those that come later. */
export function startFields() {
  takeCode();
  nameFiles(); // a browser that went back to a page may know them still
  document.addEventListener("change", ({ target }) => {
    if (target.type !== "file") return;
    nameFile(target);
    weigh(target);
  });
  document.addEventListener("submit", holdBack);
  document.addEventListener("reset", () => setTimeout(nameFiles));
  document.addEventListener("input", (event) => { if (event.target.maxLength > 0) count(event.target); });
}
