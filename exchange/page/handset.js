// The handset: whom to dial, what is said, whose turn it is, the keys.

import { byId, clock, make, shown } from "./elements.js";
import { Dialling } from "./dialling.js";
import { text, worded } from "./words.js";

const RIGHT_TO_LEFT = ["ar", "he", "fa", "ur"];

export class Handset {
  #call;
  #sound;
  #trouble;
  #keys = null;
  #deadline = null;

  constructor(call, sound, trouble) {
    this.#call = call;
    this.#sound = sound;
    this.#trouble = trouble;
    this.dialling = new Dialling(sound, trouble);
    byId("dialling").addEventListener("submit", (event) => {
      event.preventDefault();
      this.dial();
    });
    byId("call").addEventListener("click", () => this.dial());
    byId("hang-up").addEventListener("click", () => this.hangUp());
    byId("silence").addEventListener("click", () => this.silence());
    byId("change").addEventListener("click", () => this.putDown());
    const keypad = byId("keypad");
    keypad.addEventListener("pointerdown", (event) => event.preventDefault()); // the keyboard stays with the handset
    keypad.addEventListener("click", (event) => {
      const key = event.target.closest("button")?.dataset.key;
      if (key) this.press(key);
    });
    call.on("began", (event) => this.#began(event));
    call.on("said", (event) => this.#said(event));
    call.on("played", (event) => this.#played(event));
    call.on("paused", () => this.cue("cue.thinking"));
    call.on("listening", (event) => this.#asked(event));
    call.on("did", (event) => this.#did(event));
    call.on("webhook", () => call.isLive && this.cue("cue.thinking"));
    call.on("ended", (event) => this.#ended(event));
    call.on("gone", () => this.#gone());
    document.addEventListener("language", () => this.#recue());
    setInterval(() => this.#tick(), 250);
    this.#dress();
  }

  async dial() {
    if (this.#call.isLive) return;
    const wish = this.dialling.wish();
    if (wish === null) {
      this.putDown();
      return;
    }
    await this.#trouble.trying(() => this.#call.dial(wish));
    byId("handset").focus({ preventScroll: true });
    byId("handset").scrollIntoView({ block: "nearest" });
  }

  async press(keys) {
    this.#sound.hush();
    for (const key of keys) this.#flash(key);
    if (keys.length === 1) this.#sound.tone(keys);
    await this.#trouble.trying(() => this.#call.press(keys));
  }

  silence = () => this.#trouble.trying(() => this.#call.silence());

  async hangUp() {
    this.#sound.hush();
    await this.#trouble.trying(() => this.#call.hangUp());
    byId("handset").focus({ preventScroll: true });
  }

  /** Show whom to dial instead of the call that is over. */
  putDown() {
    if (this.#call.isLive) return;
    this.#call.state = "idle";
    this.#dress();
  }

  /** Show something above the call for a while: the inbox, when an SMS arrives. */
  notice(...children) {
    byId("notice").replaceChildren(...children);
    byId("notice").hidden = false;
  }

  unnotice() {
    byId("notice").hidden = true;
  }

  #dress() {
    const { state, isLive, facts } = this.#call;
    byId("dialling").hidden = state !== "idle";
    byId("talk").hidden = state === "idle";
    byId("call").hidden = isLive;
    byId("hang-up").hidden = !isLive;
    byId("silence").disabled = !isLive;
    byId("after").hidden = state !== "over";
    byId("asked").hidden = state === "over";
    const states = { idle: "state.idle", ringing: "state.ringing", talking: "state.talking", over: "state.ended" };
    worded(byId("state"), states[state], { number: `\u2066${shown((facts?.direction === "inbound" ? facts?.to : facts?.from) ?? "")}\u2069` });
    document.documentElement.dataset.call = state;
  }

  #began() {
    byId("log").replaceChildren();
    byId("entry").textContent = "";
    this.#keys = null;
    this.unnotice();
    this.cue("cue.ringing");
    this.#dress();
  }

  #said({ text: words, language, history }) {
    const family = language.slice(0, 2);
    const dir = RIGHT_TO_LEFT.includes(family) ? "rtl" : "ltr";
    this.add(make("p", { className: "said", lang: family, dir }, words));
    this.cue("cue.speaking");
    this.#dress();
    if (!history) this.#sound.say(words, language);
  }

  #played({ url, history }) {
    this.add(worded(make("p", { className: "said" }), "log.recording"));
    this.cue("cue.speaking");
    this.#dress();
    if (!history) this.#sound.play(url);
  }

  #asked(event) {
    this.#dress();
    this.#deadline = { at: event.at, ms: event.timeout * 1000 };
    byId("entry").textContent = event.entered > 0 ? (this.#keys?.textContent ?? "").slice(-event.entered) : "";
    byId("asked").dataset.question = event.question;
    byId("asked").dataset.turn = "caller";
    this.#recue();
  }

  #did(event) {
    if (!event.history) this.#sound.hush();
    if (event.deed === "key") {
      if (this.#keys === null) this.add((this.#keys = make("p", { className: "did keys", dir: "ltr" })), true);
      this.#keys.textContent += event.key;
      byId("entry").textContent = this.#keys.textContent.slice(-24);
      this.#scroll();
      return;
    }
    const values = { text: event.text, percent: Math.round((event.confidence ?? 0) * 100) };
    const quiet = event.deed === "speech" ? "" : " quiet";
    this.add(worded(make("p", { className: `did${quiet}` }), `did.${event.deed}`, values));
  }

  #ended({ status, seconds, history }) {
    const key = status === "completed" ? "ended.completed" : "ended.other";
    this.add(worded(make("p", { className: "note" }), key, { status, time: clock(seconds) }));
    byId("clock").textContent = clock(seconds);
    if (!history) setTimeout(() => this.unnotice(), 4000);
    this.#dress();
  }

  #gone() {
    this.#sound.hush();
    this.add(worded(make("p", { className: "note" }), "log.gone"));
    this.#dress();
  }

  /** Add a line to what is said. */
  add(line, isKeys = false) {
    if (!isKeys) this.#keys = null;
    byId("log").append(line);
    this.#scroll();
  }

  #scroll() {
    byId("log").scrollTop = byId("log").scrollHeight;
  }

  /** Say what is going on, where no question is open. */
  cue(key) {
    this.#deadline = null;
    byId("asked").dataset.turn = "";
    if (key !== "cue.thinking") byId("entry").textContent = "";
    worded(byId("cue"), key);
  }

  /** Say what the open question waits for. */
  #recue() {
    const open = this.#call.listening;
    if (open === null) return;
    const cue = byId("cue");
    delete cue.dataset.words;
    const keys = open.input.includes("dtmf");
    let what = text("cue.speech");
    if (keys) what = open.num_digits ? text("cue.digits", { n: open.num_digits }) : text("cue.any");
    if (keys && !open.num_digits && open.finish_on_key) what = text("cue.then", { what, key: open.finish_on_key });
    if (keys && open.input.includes("speech")) what = text("cue.or-speech", { what });
    cue.textContent = what;
  }

  #tick() {
    const { isLive, facts, state } = this.#call;
    if (isLive && facts) byId("clock").textContent = clock(Math.max(0, (Date.now() - facts.began) / 1000));
    if (state === "idle") byId("clock").textContent = "";
    const share = this.#deadline ? 1 - (Date.now() - this.#deadline.at) / this.#deadline.ms : 0;
    byId("left").style.transform = `scaleX(${Math.min(1, Math.max(0, share))})`;
  }

  #flash(key) {
    const button = byId("keypad").querySelector(`[data-key="${key}"]`);
    button?.classList.add("down");
    setTimeout(() => button?.classList.remove("down"), 140);
  }
}
