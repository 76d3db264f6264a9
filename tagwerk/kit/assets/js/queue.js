/** Forms whose words must not get lost: they go through the outbox, and come back with the reason when they are refused. */
import { isKnown, mint } from "./device.js";
import { store, tellOthers } from "./outbox.js";
import { box, keep, onSent, sendAll, sendOrRefuse } from "./sending.js";
import { text } from "./texts.js";
import { toast } from "./toast.js";

const open = new Map(); // key of an entry -> the form on this page that it came from

const listOf = (form, name) => (form.dataset[name] ?? "").split(" ").filter(Boolean);

/** The form's fields as the API takes them; what may be there several times is a list, a tick is true or false. */
export function bodyOf(form) {
  const [lists, ticks, data] = [listOf(form, "lists"), listOf(form, "ticks"), new FormData(form)];
  const fields = {};
  for (const [name, value] of data) if (!lists.includes(name) && !ticks.includes(name)) fields[name] = value;
  for (const name of lists) fields[name] = data.getAll(name);
  for (const name of ticks) fields[name] = data.has(name);
  for (const name of listOf(form, "also")) fields[name] = true;
  return fields;
}

/** Puts what came back into its form again. */
function fill(form, body) {
  for (const field of form.elements) {
    if (!(field.name in body)) continue;
    const value = body[field.name];
    if (field.type === "checkbox") field.checked = Array.isArray(value) ? value.includes(field.value) : value === true;
    else if (field.type === "radio") field.checked = field.value === value;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.closest("details")?.setAttribute("open", "");
  }
}

/** As a browser without our script would: the server answers with a page, and with what was typed in it. */
function sendAsForm(form) {
  delete form.dataset.sending;
  HTMLFormElement.prototype.submit.call(form);
}

async function dropOld(form) {
  if (form.dataset.back) await store.remove("returned", Number(form.dataset.back)).catch(() => {});
  delete form.dataset.back;
}

/** An entry arrived, or was refused. On its own page a refusal is answered by the page, elsewhere it waits for its author. */
async function done(entry, problem, answer, back) {
  const form = open.get(entry.key);
  open.delete(entry.key);
  if (!form?.isConnected) return undefined;
  if (back !== undefined) await store.remove("returned", back).catch(() => {});
  if (problem) return sendAsForm(form);
  await dropOld(form);
  location.assign(form.dataset.then.replace("{code}", encodeURIComponent(answer.code ?? "")));
  return undefined;
}

async function submitted(event) {
  const form = event.target;
  if (event.defaultPrevented || !("queue" in form.dataset)) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  if (!form.checkValidity()) { // the server says it better, as long as it can be asked
    if (navigator.onLine) sendAsForm(form);
    else form.reportValidity();
    return;
  }
  form.dataset.sending = "1";
  const body = bodyOf(form);
  const label = [event.submitter?.textContent.trim(), body.title ?? document.querySelector("h1")?.textContent.trim()];
  const entry = keep(form.dataset.method ?? "POST", form.dataset.queue, {
    kind: "form", body, label: label.filter(Boolean).join(": "), page: form.dataset.page ?? location.pathname, then: form.dataset.then, tells: true,
  });
  open.set(entry.key, form);
  try {
    if (await sendOrRefuse()) return;
  } catch (problem) {
    if (problem.status && problem.status < 500 && problem.status !== 429) { // no new device is wanted: the page says why
      box.take(entry);
      return void sendAsForm(form);
    }
  }
  open.delete(entry.key);
  await dropOld(form);
  form.reset();
  delete form.dataset.sending;
  toast(text("stored"));
  scrollTo({ top: 0 });
  sendAll();
}

async function takeBack() {
  const form = document.querySelector("form[data-queue]");
  const id = Number(/^#back-(\d+)$/.exec(location.hash)?.[1]);
  if (!form || !id) return;
  const found = (await store.all("returned")).find((one) => one.id === id);
  if (!found?.body) return;
  form.dataset.back = id;
  fill(form, found.body);
  tellOthers("opened");
}

/** Starts on pages with such a form, and says what becomes of it. */
export function startQueue() {
  onSent("form", { done });
  document.addEventListener("submit", submitted);
  if (isKnown()) takeBack().catch(() => {});
}
