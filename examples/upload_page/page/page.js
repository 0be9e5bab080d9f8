// The page: each dropped file becomes a row, which shows its progress and makes links to it.

import { Multipart, unfinished } from "./multipart.js";
import { ask, passing, sendForm, sendPut } from "./s3.js";

const $ = (id) => document.getElementById(id);
const lives = ask("/api/lives");

const bytes = (size) => {
  const power = size < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(size) / 3));
  return `${(size / 1000 ** power).toFixed(power ? 1 : 0)} ${["bytes", "kB", "MB", "GB", "TB"][power]}`;
};

const life = (seconds) => {
  const [unit, length] = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]].find(([, length]) => seconds % length === 0);
  return new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" }).format(seconds / length);
};

const clock = (seconds) => {
  const [d, h, m, s] = [seconds / 86400, (seconds / 3600) % 24, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  const two = (number) => String(number).padStart(2, "0");
  return d ? `${d} d ${h}:${two(m)}:${two(s)}` : h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
};

/** Announce a change to screen readers. */
const say = (text) => ($("said").textContent = text);

class Upload {
  constructor(file) {
    this.file = file;
    this.row = $("upload").content.cloneNode(true).firstElementChild;
    this.find(".name").textContent = this.find(".name").title = file.name;
    this.find(".kind").textContent = (file.name.match(/\.(\w{1,4})$/)?.[1] ?? "file").toUpperCase();
    this.find("progress").ariaLabel = `Progress of ${file.name}`;
    for (const act of ["pause", "resume", "cancel"]) {
      this.find(`.${act}`).addEventListener("click", () => this[act]());
      this.find(`.${act}`).ariaLabel = `${this.find(`.${act}`).textContent} ${file.name}`;
    }
    this.find(".share").addEventListener("submit", (event) => (event.preventDefault(), this.share()));
    this.find(".copy").addEventListener("click", () => this.copy());
    $("uploads").prepend(this.row);
  }

  find(selector) {
    return this.row.querySelector(selector);
  }

  /** Show one of: sending, paused, done, failed. */
  show(state, text) {
    this.row.className = `upload ${state}`;
    this.find(".state").textContent = text;
    this.find(".pause").hidden = state !== "sending" || !this.parts;
    this.find(".resume").hidden = state !== "paused";
    if (state !== "sending") say(`${this.file.name}: ${text}`);
  }

  /** Send the file in the way that fits its size. */
  async start() {
    this.stopper = new AbortController();
    const options = { signal: this.stopper.signal, progress: (loaded) => this.progress(loaded) };
    this.show("sending", "Starting");
    try {
      await this.transfer(options);
      await this.finish();
    } catch (error) {
      if (error.name !== "AbortError") this.fail(error);
    }
  }

  async transfer(options) {
    const { file } = this;
    const known = unfinished(file);
    if (!this.parts && known) this.parts = new Multipart(file, known);
    try {
      if (this.parts) return await this.parts.send(options);
    } catch (error) {
      // S3, or a rule of the bucket, has deleted the parts: start again.
      if (error.status !== 404) throw error;
    }
    const ticket = await ask("/api/uploads", { name: file.name, size: file.size, content_type: file.type }, options.signal);
    this.key = ticket.key;
    this.parts = ticket.how === "multipart" ? new Multipart(file, ticket) : null;
    if (this.parts) return this.parts.send(options);
    return ticket.how === "put" ? sendPut(file, ticket, options) : sendForm(file, ticket, options);
  }

  progress(loaded) {
    // A form is a little larger than its file.
    const sent = Math.min(loaded, this.file.size);
    const share = this.file.size ? sent / this.file.size : 1;
    this.find("progress").value = share;
    this.show("sending", `${Math.floor(100 * share)} % of ${bytes(this.file.size)}`);
  }

  fail(error) {
    // After a temporary error, the row looks paused, and the user decides when to try again.
    this.show(passing(error) ? "paused" : "failed", error.name === "TypeError" ? "The connection broke." : error.message);
  }

  pause() {
    this.stopper.abort();
    this.show("paused", `Paused at ${Math.floor(100 * this.find("progress").value)} % of ${bytes(this.file.size)}`);
    this.find(".resume").focus();
  }

  resume() {
    this.start();
    this.find(".pause").focus();
  }

  cancel() {
    this.stopper.abort();
    this.show("failed", "Cancelled");
    this.parts?.abort().catch(() => {});
  }

  async finish() {
    this.key = this.parts?.key ?? this.key;
    this.show("done", `Sent, ${bytes(this.file.size)}`);
    this.find(".life").replaceChildren(...(await lives).map((seconds) => new Option(life(seconds), seconds)));
    this.find(".share").hidden = false;
  }

  async share() {
    try {
      const { url, expires_in } = await ask("/api/links", { key: this.key, expires_in: Number(this.find(".life").value) });
      // Count from now on this machine: its clock may differ from the server's.
      const end = Date.now() + 1000 * expires_in;
      this.find(".url").value = this.find(".open").href = url;
      this.find(".url").ariaLabel = `Link to ${this.file.name}`;
      this.find(".link").hidden = false;
      clearInterval(this.timer);
      this.timer = setInterval(() => this.count(end), 1000);
      this.count(end);
    } catch (error) {
      this.find(".state").textContent = error.message;
      say(error.message);
    }
  }

  count(end) {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    this.find(".left").textContent = left ? `ends in ${clock(left)}` : "has ended";
    this.find(".link").classList.toggle("ended", !left);
    if (left) return;
    clearInterval(this.timer);
    say(`The link to ${this.file.name} has ended`);
  }

  async copy() {
    await navigator.clipboard.writeText(this.find(".url").value);
    this.find(".copy").textContent = "Copied";
    setTimeout(() => (this.find(".copy").textContent = "Copy"), 1500);
  }
}

const take = (files) => [...files].forEach((file) => new Upload(file).start());

$("files").addEventListener("change", (event) => {
  take(event.target.files);
  // The same file can be chosen again.
  event.target.value = "";
});
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  // Anywhere on the page: a file dropped outside the field must not replace the page.
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    $("drop").classList.toggle("over", kind === "dragenter" || kind === "dragover");
  });
}
document.addEventListener("drop", (event) => take(event.dataTransfer.files));
addEventListener("beforeunload", (event) => {
  if (document.querySelector(".sending")) event.preventDefault();
});
