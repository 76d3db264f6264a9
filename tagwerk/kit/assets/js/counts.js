/** Brings interest onto the page: a count and its bar, and where it is enough. */
import { held } from "./newbar.js";

/** At the desk: how many of them take part from elsewhere. */
function setRemote(place, remote) {
  const part = place.querySelector("[data-remote]");
  if (!part) return;
  part.querySelector("[data-remote-text]").textContent = String(remote);
  part.hidden = remote === 0;
}

/** Brings a new count onto every place that shows it. */
export function setCount({ code, count, enough, remote, devices }) {
  const places = `[data-count="${CSS.escape(code)}"]`;
  for (const place of [document, ...held()].flatMap((part) => [...part.querySelectorAll(places)])) {
    const meter = place.matches("meter") ? place : place.querySelector("meter");
    if (meter && count != null) {
      meter.value = count;
      meter.textContent = String(count);
    } else if (meter && enough) {
      meter.value = meter.max;
    }
    const words = place.querySelector("[data-count-text]");
    if (words && count != null) words.textContent = String(count);
    const byDevice = place.querySelector("[data-count-devices]");
    if (byDevice && devices != null) byDevice.textContent = String(devices);
    place.classList.toggle("is-enough", Boolean(enough));
    if (remote != null) setRemote(place, remote);
  }
}

/** The bar of interest ends elsewhere from now on; what is enough follows with its own messages. */
export function setThreshold({ threshold }) {
  for (const meter of document.querySelectorAll("[data-count] meter")) meter.max = threshold;
  for (const place of document.querySelectorAll("[data-threshold]")) place.textContent = String(threshold);
}
