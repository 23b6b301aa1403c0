// The page's own number is called: it rings, and is picked up or not. Asked for while no call is under way.

import { byId, shown } from "./elements.js";
import { browser } from "./store.js";
import { worded } from "./words.js";

const PATIENCE_S = 20;
const AFTER_TROUBLE_MS = 3000;

export class Ringing {
  #call;
  #handset;
  #sound;
  #trouble;
  #asking = null;
  /** The call that rings, null where none does. */
  sid = null;

  constructor(call, handset, sound, trouble) {
    this.#call = call;
    this.#handset = handset;
    this.#sound = sound;
    this.#trouble = trouble;
    byId("pick-up").addEventListener("click", () => this.pickUp());
    byId("reject").addEventListener("click", () => this.reject());
    byId("dialling").addEventListener("change", () => this.#asking?.abort());
    this.#listen();
  }

  get isRinging() {
    return this.sid !== null && !this.#call.isLive;
  }

  async pickUp() {
    const sid = this.sid;
    const body = { pace: Number(byId("pace").value) };
    if ((await this.#trouble.trying(() => this.#call.answer(sid, "pick-up", body).then(() => true))) !== true) return;
    this.#show(null);
    browser.set("call", sid);
    this.#call.follow(sid);
    byId("handset").focus({ preventScroll: true });
  }

  async reject() {
    const sid = this.sid;
    this.#show(null);
    await this.#trouble.trying(() => this.#call.answer(sid, "reject", {}));
  }

  async #listen() {
    for (;;) {
      const found = this.#call.isLive ? null : await this.#ask();
      if (!this.#call.isLive && found !== undefined) this.#show(found);
      await new Promise((again) => setTimeout(again, found === undefined ? AFTER_TROUBLE_MS : 500));
    }
  }

  /** The call that rings at our number, null where none does; undefined where that could not be learnt. */
  async #ask() {
    this.#asking = new AbortController();
    const query = new URLSearchParams({ number: this.#handset.dialling.number, wait: this.sid ? 0 : PATIENCE_S });
    try {
      const response = await fetch(`phone/ringing?${query}`, { signal: this.#asking.signal });
      return response.ok ? ((await response.json()).ringing[0] ?? null) : undefined;
    } catch {
      return this.#asking.signal.aborted ? null : undefined;
    }
  }

  #show(ringing) {
    const begins = ringing !== null && ringing.sid !== this.sid;
    this.sid = ringing?.sid ?? null;
    byId("ringing").hidden = ringing === null;
    document.documentElement.toggleAttribute("data-rings", ringing !== null);
    if (!begins) return;
    worded(byId("ringing-words"), "rings", { number: `\u2066${shown(ringing.from)}\u2069` });
    this.#sound.tone("1");
  }
}
