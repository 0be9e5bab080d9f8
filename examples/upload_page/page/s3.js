// Requests to the back end, which signs, and to S3, which gets the files.

/** An error answer, with a sentence for the user. */
export class Refusal extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Ask the back end, and return its answer. */
export async function ask(path, body, signal) {
  const init = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, { ...init, signal });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(typeof answer.detail === "string" ? answer.detail : "The request was not understood.", response.status);
  return answer;
}

/** Send to S3, with XMLHttpRequest, because fetch does not report the progress of an upload. */
export function send(method, url, { body, headers = {}, progress, signal } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (progress) request.upload.onprogress = (event) => progress(event.loaded);
    request.onload = () => (request.status < 300 ? resolve(request) : reject(refusalOf(request)));
    request.onerror = () => reject(new Refusal("The connection to storage broke.", 0));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.onloadend = () => signal?.removeEventListener("abort", stop);
    signal?.addEventListener("abort", stop);
    if (signal?.aborted) stop();
    else request.send(body);
    if (signal?.aborted) reject(new DOMException("stopped", "AbortError"));
  });
}

/** Whether a retry may succeed. fetch throws a TypeError if nobody answers. */
export const passing = ({ name, status }) => name === "TypeError" || status === 0 || status >= 500 || status === 429;

/** Read an XML document that S3 sent. */
export const xml = (text) => new DOMParser().parseFromString(text, "application/xml");

/** The text of the first element with that name, if there is one. */
export const textOf = (node, name) => node.querySelector(name)?.textContent ?? "";

const SENTENCES = {
  AccessDenied: "Storage refused it: the link has ended, or does not allow this.",
  EntityTooLarge: "Storage refused it: the file is larger than was announced.",
  EntityTooSmall: "Storage refused it: the file is smaller than was announced.",
  SignatureDoesNotMatch: "Storage refused it: size or type are not what was announced.",
};

function refusalOf(request) {
  const code = textOf(xml(request.responseText), "Code") || `status ${request.status}`;
  return new Refusal(SENTENCES[code] ?? `Storage refused it: ${code}.`, request.status);
}

/** A small file: one POST form, the file last. */
export function sendForm(file, ticket, options) {
  const form = new FormData();
  for (const [name, value] of Object.entries(ticket.fields)) form.append(name, value);
  form.append("file", file);
  return send("POST", ticket.url, { ...options, body: form });
}

/** A file of up to 5 GB: one PUT. */
export function sendPut(file, ticket, options) {
  return send("PUT", ticket.url, { ...options, headers: ticket.headers, body: file });
}
