// The call of this tab, and the one stream that tells what happens on it and what arrives in the inbox.
//
// Events: `connection` {state}, `began` {history}, `gone`, `message`, `fresh` (another run of the exchange: what was known
// is void), and those of the exchange (`exchange/news.py`): `said`, `listening`, `did`, `webhook`, `queued`, `joined`,
// `heard`, `ended` and so on; each says in `history` whether it happened before this page looked.

import { browser, tab } from "./store.js";

const SOONEST_MS = 500;
const LATEST_MS = 4000;
const TALKING = ["said", "played", "paused", "listening", "queued", "joined", "heard", "answered"];

export class RefusedError extends Error {}

export class Call {
  #listeners = new Map();
  #source = null;
  #run = null;
  #after = 0;
  #inbox = 0;
  #known = 0;
  #pause = SOONEST_MS;
  #again = undefined;
  /** The call's identifier, and what the exchange said of it; null before the first call. */
  sid = null;
  facts = null;
  /** `idle`, `ringing`, `talking`, `over` */
  state = "idle";
  /** The newest `listening`, while it lasts. */
  listening = null;

  on(kind, listener) {
    this.#listeners.set(kind, [...(this.#listeners.get(kind) ?? []), listener]);
  }

  get isLive() {
    return this.state === "ringing" || this.state === "talking";
  }

  /** Find this tab's call again, if there is one, and read what happens. */
  async start() {
    this.sid = tab.get("call");
    this.#connect();
  }

  /** Say which call of another tab could be followed here; null where there is none. */
  async elsewhere() {
    const sid = browser.get("call");
    if (!sid || sid === this.sid) return null;
    try {
      const response = await fetch(`phone/calls/${sid}`);
      return response.ok && !(await response.json()).over ? sid : null;
    } catch {
      return null;
    }
  }

  /** Dial; raises RefusedError with the exchange's reason. */
  async dial(wish) {
    const { sid } = await this.#send("phone/calls", wish);
    browser.set("call", sid);
    this.follow(sid);
  }

  follow(sid) {
    tab.set("call", sid);
    Object.assign(this, { sid, facts: null, state: "ringing", listening: null });
    this.#after = 0;
    this.#connect();
  }

  press = (keys) => this.#act("keys", { keys });
  say = (text, confidence) => this.#act("speech", { text, confidence });
  silence = () => this.#act("silence", {});
  hangUp = () => this.#act("hangup", {});
  /** Pick up a call that rings, or reject it; raises RefusedError. */
  answer = (sid, deed, body) => this.#send(`phone/calls/${sid}/${deed}`, body);

  async #act(deed, body) {
    if (this.isLive) await this.#send(`phone/calls/${this.sid}/${deed}`, body);
  }

  async #send(path, body) {
    let response;
    try {
      response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    } catch {
      this.#lose();
      throw new RefusedError("");
    }
    if (!response.ok) {
      const reason = await response.json().catch(() => ({}));
      throw new RefusedError(reason.error ?? String(response.status));
    }
    return response.status === 204 ? {} : response.json();
  }

  #connect() {
    clearTimeout(this.#again);
    this.#source?.close();
    const query = new URLSearchParams({ after: this.#after, inbox: this.#inbox });
    if (this.sid) query.set("call", this.sid);
    if (this.#run) query.set("run", this.#run);
    const source = new EventSource(`phone/live?${query}`);
    this.#source = source;
    source.addEventListener("hello", (event) => this.#greeted(JSON.parse(event.data)));
    source.addEventListener("call", (event) => this.#happened(JSON.parse(event.data)));
    source.addEventListener("message", (event) => {
      if (!event.data) return;
      const message = JSON.parse(event.data);
      this.#inbox = message.id;
      this.#tell("message", message);
    });
    source.onerror = () => source === this.#source && this.#lose();
  }

  #lose() {
    this.#source?.close();
    this.#source = null;
    this.#tell("connection", { state: "lost" });
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#connect(), this.#pause);
    this.#pause = Math.min(this.#pause * 1.5, LATEST_MS);
  }

  #greeted({ run, call }) {
    this.#pause = SOONEST_MS;
    if (this.#run !== null && this.#run !== run) {
      this.#after = this.#inbox = 0;
      this.#tell("fresh", {});
    }
    this.#run = run;
    this.#tell("connection", { state: "found" });
    if (call) {
      this.#known = call.events;
      if (this.facts?.sid !== call.sid) {
        this.facts = call;
        this.state = "ringing";
        this.#tell("began", { history: call.events > 0 });
      }
    } else if (this.sid) {
      const wasLive = this.isLive || (this.facts === null && tab.get("over") !== this.sid);
      this.sid = null;
      tab.set("call", null);
      this.state = this.facts ? "over" : "idle";
      this.listening = null;
      if (wasLive) this.#tell("gone", {});
    }
  }

  #happened(event) {
    this.#after = event.id;
    if (event.kind === "webhook" || event.kind === "did") this.listening = null;
    if (TALKING.includes(event.kind)) this.state = "talking";
    if (event.kind === "listening") this.listening = event;
    if (event.kind === "ended") {
      tab.set("over", this.sid);
      this.state = "over";
      this.listening = null;
    }
    this.#tell(event.kind, { ...event, history: event.id <= this.#known });
  }

  #tell(kind, event) {
    for (const listener of this.#listeners.get(kind) ?? []) listener(event);
  }
}
