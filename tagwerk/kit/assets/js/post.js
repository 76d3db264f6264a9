/** What is still on its way, and what came back: said on every page until its author has seen it. */
import { hasStore, store, tellOthers } from "./outbox.js";
import { box, sendAll } from "./sending.js";
import { text } from "./texts.js";
import { say } from "./toast.js";

const SOON = 2_500; // what is sent within this time was never seen waiting
const told = new Set(); // what came back and was said on this page

const region = () => document.querySelector("[data-post]");

const piece = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);

/** The words that somebody typed, without the choices beside them. */
const wordsOf = (body) => [body?.title, body?.description, body?.insight, body?.host_name].filter(Boolean).join("\n");

async function drop(item) {
  await store.remove("returned", item.id);
  tellOthers("seen");
}

/** Sends what came back once more, as a new request. */
async function again({ id, method, path, kind, code, isOn, body, label, page, then, tells }) {
  box.keep(method, path, { kind, code, isOn, body, label, page, then, tells });
  await drop({ id });
  sendAll();
}

function refused(item) {
  const part = piece("post-back");
  part.querySelector("[data-label]").textContent = text("came-back", { label: item.label ?? "" });
  part.querySelector("[data-reason]").textContent = item.reason || text(item.status === 0 ? "too-old" : "failed");
  const words = part.querySelector("[data-words]");
  words.textContent = wordsOf(item.body);
  words.hidden = !words.textContent;
  const edit = part.querySelector("[data-edit]");
  edit.hidden = !item.page;
  if (item.page) edit.href = `${item.page}#back-${item.id}`;
  part.querySelector("[data-again]").addEventListener("click", () => again(item));
  part.querySelector("[data-drop]").addEventListener("click", () => drop(item));
  return part;
}

function arrived(item) {
  const part = piece("post-good");
  const { code, number } = item.answer ?? {};
  part.querySelector("[data-label]").textContent = text(number ? "arrived-number" : "arrived", { label: item.label ?? "", number });
  const link = part.querySelector("[data-open]");
  link.hidden = !item.then;
  if (item.then) link.href = item.then.replace("{code}", encodeURIComponent(code ?? ""));
  part.querySelector("[data-drop]").addEventListener("click", () => drop(item));
  return part;
}

async function show() {
  const place = region();
  if (!hasStore()) { place.hidden = true; return; }
  await box.ready;
  const waiting = box.waiting().filter(({ since }) => !navigator.onLine || Date.now() - since > SOON);
  const back = await store.all("returned").catch(() => []);
  const isBeingMended = document.querySelector("form[data-back]")?.dataset.back;
  const part = place.querySelector("[data-post-waiting]");
  part.hidden = waiting.length === 0;
  part.querySelector("[data-post-count]").textContent = text(waiting.length === 1 ? "waits-one" : "waits-many", { count: waiting.length });
  part.querySelector("ul").replaceChildren(...waiting.map(({ label }) => {
    const line = document.createElement("li");
    line.textContent = label || "…";
    return line;
  }));
  const shown = back.filter(({ id }) => String(id) !== isBeingMended);
  place.querySelector("[data-post-back]").replaceChildren(...shown.map((item) => (item.ok ? arrived(item) : refused(item))));
  place.hidden = waiting.length === 0 && shown.length === 0;
  for (const { id, ok, label, reason } of shown) {
    if (!ok && !told.has(id)) say(`${text("came-back", { label })}. ${reason}`);
    told.add(id);
  }
}

/** Starts on pages that have room for it. */
export function startPost() {
  if (!region()) return;
  let last = Promise.resolve();
  const soon = () => { last = last.then(show).catch((problem) => console.error(problem)); };
  document.addEventListener("tw:outbox", ({ detail }) => {
    box.reload().then(soon);
    if (detail === "kept") setTimeout(soon, SOON + 100);
  });
  soon();
}
