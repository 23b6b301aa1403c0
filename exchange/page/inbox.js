// The SMS inbox: newest first, live; a code in it can be tapped, and goes down the line as keys.

import { byId, make, shown } from "./elements.js";
import { chosen, text, worded } from "./words.js";

const TOKEN = /(?<![\w+.\/-])(\d{6,9})(?![\w\/-])/g;
const CODE = /(?<!\d)\d{6}(?!\d)/;
const RECENT_MS = 10 * 60_000;
const ARABIC = /[\u0600-\u06ff]/;

export class Inbox {
  #call;
  #handset;
  /** The newest code that has arrived. */
  code = null;

  constructor(call, handset) {
    this.#call = call;
    this.#handset = handset;
    call.on("message", (message) => this.#arrived(message));
    call.on("fresh", () => this.#forget());
    for (const kind of ["began", "said", "listening", "ended", "gone"]) call.on(kind, () => this.#dress());
    call.on("webhook", ({ sent }) => sent.Digits === this.code && handset.unnotice());
    byId("code").addEventListener("click", () => this.typeCode());
    byId("inbox").tabIndex = 0;
    byId("inbox").setAttribute("aria-labelledby", "inbox-heading");
    document.addEventListener("language", () => this.#reword());
    this.#dress();
  }

  /** Send the newest code as keys. */
  typeCode() {
    if (this.code && this.#call.isLive) this.#handset.press(this.code);
  }

  #arrived(message) {
    byId("inbox-empty").hidden = true;
    const language = ARABIC.test(message.body) ? "ar" : "fr";
    const when = make("time", { dateTime: new Date(message.at).toISOString() }, this.#time(message.at));
    const to = worded(make("span"), "inbox.to", { number: `\u2066${shown(message.to)}\u2069` });
    const head = make("div", { className: "head" }, make("span", {}, make("strong", {}, message.from), " · ", to), when);
    const body = make("p", { className: "body", lang: language, dir: language === "ar" ? "rtl" : "ltr" }, ...this.#tokens(message.body));
    byId("inbox").prepend(make("li", {}, head, body));
    this.code = CODE.exec(message.body)?.[0] ?? this.code;
    if (Date.now() - message.at < RECENT_MS && this.#call.isLive) this.#notify(message, language);
    this.#dress();
  }

  #notify(message, language) {
    const digits = CODE.exec(message.body)?.[0];
    const close = make("button", { type: "button", className: "close" }, "×");
    close.dataset.wordsLabel = "close";
    close.ariaLabel = text("close");
    close.addEventListener("click", () => this.#handset.unnotice());
    const body = make("p", { className: "text", lang: language, dir: language === "ar" ? "rtl" : "ltr" }, message.body);
    const parts = [make("div", { className: "head" }, make("strong", {}, message.from), close), body];
    if (digits) {
      const button = worded(make("button", { type: "button", className: "plain" }), "inbox.type", { digits: `\u2066${digits}\u2069` });
      button.addEventListener("click", () => {
        this.#handset.unnotice();
        this.#handset.press(digits);
        byId("handset").focus({ preventScroll: true });
      });
      parts.push(button);
    }
    this.#handset.notice(...parts);
    byId("announcer").textContent = text("inbox.new", { body: message.body });
  }

  /** The text, each number in it that could be keyed as a button. */
  #tokens(body) {
    const parts = [];
    let from = 0;
    for (const found of body.matchAll(TOKEN)) {
      const button = make("button", { type: "button", className: "token", dir: "ltr" }, found[1]);
      button.addEventListener("click", () => this.#handset.press(found[1]));
      parts.push(body.slice(from, found.index), button);
      from = found.index + found[1].length;
    }
    return [...parts, body.slice(from)];
  }

  #dress() {
    for (const button of byId("inbox").querySelectorAll(".token")) button.disabled = !this.#call.isLive;
    byId("code").disabled = !this.#call.isLive || this.code === null;
  }

  #forget() {
    byId("inbox").replaceChildren();
    byId("inbox-empty").hidden = false;
    this.code = null;
    this.#dress();
  }

  #time = (at) => new Intl.DateTimeFormat(`${chosen()}-MA`, { timeStyle: "short" }).format(at);

  #reword() {
    for (const when of byId("inbox").querySelectorAll("time")) when.textContent = this.#time(new Date(when.dateTime));
  }
}
