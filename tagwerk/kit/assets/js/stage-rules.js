/** The queue of a pitch round on plain values, as the server reckons: so that the Bühne goes on without a network. */
const currentCode = (stage) => stage.current?.code ?? "";

function call(stage, chosen, at) {
  stage.current = chosen ? { ...chosen, called_at: at, extra: 0, absent: false } : null;
  if (chosen) stage.queue = stage.queue.filter(({ code }) => code !== chosen.code);
}

function next(stage, step) {
  const chosen = step.do === "number" ? stage.queue.find(({ number }) => number === step.number) : stage.queue[0];
  if (currentCode(stage) !== step.ended || (step.do === "number" && !chosen)) return;
  if (stage.current) stage.done += 1;
  call(stage, chosen, step.at);
}

function absent(stage, step) {
  if (!stage.current || stage.current.code !== step.ended) return;
  const [away, chosen] = [stage.current, stage.queue[0]];
  call(stage, chosen, step.at);
  stage.queue.push({ ...away, absent: true });
}

function time(stage, step) {
  if (stage.current?.code === step.ended && stage.current.extra === step.seen) stage.current.extra += step.seconds;
}

/** Puts a topic from the hall to the front; its number comes from the server, until then it has none. */
function callOut(stage, step) {
  if (currentCode(stage) === step.code || stage.queue.some(({ code }) => code === step.code)) return;
  const topic = { code: step.code, number: null, title: step.title, host: "", pitch: "self", online: false, text: "" };
  stage.queue.unshift({ ...topic, devices: 0, hands: 0, absent: false });
  stage.total += 1;
}

function hands(stage, step) {
  for (const topic of [stage.current, ...stage.queue]) {
    if (topic?.code === step.code) topic.hands = Math.max(0, topic.hands + step.count);
  }
}

const STEPS = { next, number: next, absent, time, call_out: callOut, hands };

/** The stage after `step`; a step that somebody else made already changes nothing. */
export function after(stage, step) {
  const copy = structuredClone(stage);
  STEPS[step.do]?.(copy, step);
  return copy;
}

/** When the last one will have ended, in milliseconds: the rest of this pitch and the usual time for each other. */
export function readyAt(stage, now) {
  const spent = stage.current ? (now - Date.parse(stage.current.called_at)) / 1_000 : 0;
  const rest = stage.current ? Math.max(0, stage.average - spent) : 0;
  return now + (rest + stage.queue.length * stage.average) * 1_000;
}

/** Seconds that the one on stage has left; negative beyond their time. */
export function secondsLeft(stage, now) {
  return stage.seconds + stage.current.extra - (now - Date.parse(stage.current.called_at)) / 1_000;
}

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/** A code for a topic that is called out while there is no network; the server takes it over. */
export function newCode() {
  const alphabet = `${LETTERS}23456789`;
  const draw = (from, byte) => from[byte % from.length];
  const [first, ...others] = crypto.getRandomValues(new Uint8Array(6));
  return draw(LETTERS, first) + others.map((byte) => draw(alphabet, byte)).join("");
}
