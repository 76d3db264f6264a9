/** How a person wants to see the pages: size of letters, contrasts, motion; kept on this device once they chose. */
import { text } from "./texts.js";

const SHELF = "tw:view";
const SMALLEST = -1;
const LARGEST = 4;
const SYSTEM = { contrast: ["(prefers-contrast: more)", "more"], motion: ["(prefers-reduced-motion: reduce)", "less"] };

const chosen = () => {
  try { return JSON.parse(localStorage.getItem(SHELF)) ?? {}; } catch { return {}; }
};

function choose(change) {
  try { localStorage.setItem(SHELF, JSON.stringify({ ...chosen(), ...change })); } catch { /* then only for this page */ }
  apply({ ...chosen(), ...change });
}

const isOn = (name, setting) => (setting ? setting === SYSTEM[name][1] : matchMedia(SYSTEM[name][0]).matches);

function apply(setting = chosen()) {
  const root = document.documentElement.dataset;
  for (const name of ["size", ...Object.keys(SYSTEM)]) {
    if (setting[name]) root[name] = setting[name];
    else delete root[name];
  }
  for (const box of document.querySelectorAll("[data-setting]")) box.checked = isOn(box.dataset.setting, setting[box.dataset.setting]);
  for (const place of document.querySelectorAll("[data-size-now]")) {
    place.textContent = setting.size ? text("letter-size", { percent: [90, 100, 115, 130, 150, 175][setting.size - SMALLEST] }) : "";
  }
}

function clicked({ target }) {
  const view = document.querySelector("[data-view]");
  const button = target.closest?.("[data-view] [data-size]");
  if (button) {
    const step = Number(button.dataset.size);
    const size = step === 0 ? 0 : (chosen().size ?? 0) + step;
    choose({ size: Math.min(LARGEST, Math.max(SMALLEST, size)) });
  } else if (view.open && !view.contains(target)) {
    view.open = false;
  }
}

/** Shows the place where all of this is chosen, and applies what was chosen before. */
export function startView() {
  apply();
  const view = document.querySelector("[data-view]");
  if (!view) return;
  view.hidden = false;
  document.addEventListener("click", clicked);
  document.addEventListener("change", ({ target }) => {
    const name = target.dataset.setting;
    if (name) choose({ [name]: target.checked ? SYSTEM[name][1] : "normal" });
  });
  view.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !view.open) return;
    view.open = false;
    view.querySelector("summary").focus();
  });
}
