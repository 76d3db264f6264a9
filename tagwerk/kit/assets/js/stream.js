/** Server-sent events read from a fetch: unlike EventSource it resumes from the page's own revision and notices silence. */

/** Turns text in pieces of any size into messages `{id, event, data}`. */
export class StreamParser {
  #rest = "";
  #message = {};

  /** The messages that `piece` completes, in order. */
  push(piece) {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    return lines.flatMap((line) => this.#take(line));
  }

  #take(line) {
    if (line === "") return this.#complete();
    if (line.startsWith(":")) return [];
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") this.#message.data = "data" in this.#message ? `${this.#message.data}\n${value}` : value;
    else if (field === "id" || field === "event") this.#message[field] = value;
    return [];
  }

  #complete() {
    const message = this.#message;
    this.#message = {};
    return "data" in message || message.event ? [message] : [];
  }
}

/**
 * Reads `url` until it ends or `signal` aborts; `heard` is called for every piece, `take` for every message.
 * Throws when the answer is not a stream.
 */
export async function readStream(url, lastId, signal, heard, take) {
  const headers = { Accept: "text/event-stream" };
  if (lastId) headers["Last-Event-ID"] = lastId;
  // It never ends: a browser must neither put it before the page's own files nor wait for it to call the page loaded.
  const answer = await fetch(url, { headers, signal, cache: "no-store", priority: "low" });
  if (!answer.ok || !answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    throw new Error(`stream refused: ${answer.status}`);
  }
  const parser = new StreamParser();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    heard();
    for (const message of parser.push(value)) take(message);
  }
}
