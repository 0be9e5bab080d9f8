// Sends a large file in parts, several at a time, with retries. It continues after a pause, a closed tab or a crash:
// S3 keeps the parts, and the browser remembers to which upload they belong.

import { ask, passing, send, textOf, xml } from "./s3.js";

const AT_ONCE = 4;
const TRIES = 5;
const FIRST_WAIT_MS = 500;

const memoryOf = (file) => `upload ${file.name} ${file.size} ${file.lastModified}`;

/** Return what is known about an unfinished upload of this file, if there is one. */
export const unfinished = (file) => JSON.parse(localStorage.getItem(memoryOf(file)) ?? "null");

export class Multipart {
  /** `ticket` is the answer of the back end, or the result of `unfinished`. */
  constructor(file, ticket) {
    this.file = file;
    this.ticket = ticket;
    this.key = ticket.key;
  }

  /** Send the parts that S3 does not have yet. */
  async send({ progress, signal }) {
    const etags = this.ticket.upload_id ? await this.#known(signal) : await this.#create(signal);
    const size = this.ticket.part_bytes;
    const parts = Array.from({ length: Math.ceil(this.file.size / size) }, (_, i) => ({
      number: i + 1,
      body: this.file.slice(i * size, (i + 1) * size),
      loaded: etags.has(i + 1) ? Math.min(size, this.file.size - i * size) : 0,
    }));
    const tell = () => progress(parts.reduce((sum, part) => sum + part.loaded, 0));
    tell();
    const waiting = parts.filter((part) => !etags.has(part.number));
    // The first failure after all retries stops the other parts.
    const failure = new AbortController();
    const either = AbortSignal.any([signal, failure.signal]);
    const worker = async () => {
      for (let part = waiting.shift(); part; part = waiting.shift()) {
        const loaded = (bytes) => ((part.loaded = bytes), tell());
        etags.set(part.number, await this.#part(part, loaded, either));
      }
    };
    const workers = Array.from({ length: AT_ONCE }, worker);
    await Promise.all(workers).catch((error) => (failure.abort(), Promise.allSettled(workers).then(() => Promise.reject(error))));
    await this.#complete(etags, signal);
  }

  /** Let S3 delete the parts. */
  async abort() {
    localStorage.removeItem(memoryOf(this.file));
    if (this.ticket.upload_id) await send("DELETE", await this.#sign("abort"));
  }

  #sign(step, more, signal) {
    return ask("/api/steps", { step, key: this.key, upload_id: this.ticket.upload_id, ...more }, signal).then((answer) => answer.url);
  }

  async #create(signal) {
    const { responseText } = await send("POST", this.ticket.url, { headers: this.ticket.headers, signal });
    this.ticket = { ...this.ticket, upload_id: textOf(xml(responseText), "UploadId") };
    localStorage.setItem(memoryOf(this.file), JSON.stringify(this.ticket));
    return new Map();
  }

  /** The parts that S3 has: number -> ETag. */
  async #known(signal) {
    const etags = new Map();
    for (let after = 0, more = true; more; ) {
      const list = xml((await send("GET", await this.#sign("list", { after }, signal), { signal })).responseText);
      for (const part of list.querySelectorAll("Part")) etags.set(Number(textOf(part, "PartNumber")), textOf(part, "ETag"));
      more = textOf(list, "IsTruncated") === "true";
      after = Number(textOf(list, "NextPartNumberMarker"));
    }
    return etags;
  }

  /** Send a part. Each try gets a new link, so that none has expired. */
  async #part({ number, body }, progress, signal) {
    for (let tried = 1; ; tried++) {
      try {
        const url = await this.#sign("part", { number, size: body.size }, signal);
        return (await send("PUT", url, { body, progress, signal })).getResponseHeader("ETag");
      } catch (error) {
        if (!passing(error) || tried === TRIES) throw error;
        progress(0);
        await wait(FIRST_WAIT_MS * 2 ** (tried - 1), signal);
      }
    }
  }

  async #complete(etags, signal) {
    const parts = [...etags].sort(([a], [b]) => a - b);
    const body = `<CompleteMultipartUpload>${parts
      .map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`)
      .join("")}</CompleteMultipartUpload>`;
    const request = await send("POST", await this.#sign("complete", {}, signal), { body, signal });
    // S3 begins its answer before it knows the result, so an error can come with status 200.
    const code = textOf(xml(request.responseText), "Error > Code");
    if (code) throw new Error(`Storage could not join the parts: ${code}.`);
    localStorage.removeItem(memoryOf(this.file));
  }
}

function wait(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(new DOMException("stopped", "AbortError"))));
  });
}
