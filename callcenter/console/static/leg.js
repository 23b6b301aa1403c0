// The advisor's telephone in the page. `Line` keeps one leg where the call is; a driver makes legs:
//
//   driver.types                  whether one types what one says, and reads the others
//   driver.reach() → state        "there", or why no call would reach its advisor: "away", "silent" (no microphone), "none"
//   driver.dial(what, on) → leg   `what`: parameters, {offer, mode?}; `on(event)`: {kind, who?, text?, why?}, its kind one of
//                                 "joined", "alone", "lost" (and comes back), "heard", "over"
//   leg.say(text), leg.mute(is), leg.hangUp()
//
// A leg that is over while it is wanted is dialled again. Of several pages, the browser lends the telephone to one: the
// page that its advisor has just used comes first.

import { asked } from "./asking.js";
import { ExchangeDriver } from "./exchange-driver.js";
import { TwilioDriver } from "./twilio-driver.js";

const REDIAL = 2000; // milliseconds
const PROBE = 5000;
const IN_HAND = 5000; // since a key or the mouse was used here
const COURTESY = 700;
const LOCK = "svi-console-leg";
const MUTED = "svi-console-muted"; // in sessionStorage: the offer during which this page is mute
const DRIVERS = { exchange: ExchangeDriver, twilio: TwilioDriver };
const UNREACHED = new Set(["away", "silent", "none"]);

export class Line extends EventTarget {
  #element; #driver = null; #leg = null; #wanted = ""; #dialled = ""; #dialledAt = 0; #release = null;
  #muted = false; #joined = false; #missed = 0; #reach = "there"; #held = ""; #usedAt = 0;

  constructor(element) {
    super();
    this.#element = element;
    this.#find("#say").addEventListener("submit", (event) => this.#say(event));
    this.#find("#mute")?.addEventListener("click", () => this.#mute(!this.#muted));
    for (const use of ["pointerdown", "keydown"]) addEventListener(use, () => { this.#usedAt = Date.now(); }, true);
    addEventListener("pagehide", () => this.#hangUp());
    setInterval(() => this.keep(this.#wanted), REDIAL);
    setInterval(() => this.#probe(), PROBE);
    this.#probe();
  }

  // "away" where no call would reach its advisor; a change of it is an event, `reach`.
  get telephone() { return this.#reach === "there" ? "there" : "away"; }

  // Have the leg be where an offer leads, or nowhere (""); "12 listen": in a mode, as supervisors are.
  async keep(offer) {
    this.#wanted = offer;
    if (this.#held !== offer) { this.#hangUp(); this.#dialledAt = 0; }
    this.#held = offer;
    if (!offer) return this.#show(UNREACHED.has(this.#reach) ? this.#reach : "idle");
    if (this.#dialled || Date.now() - this.#dialledAt < REDIAL) return undefined;
    this.#dialledAt = Date.now();
    if (!this.#release && !this.#inHand()) await new Promise((later) => { setTimeout(later, COURTESY); });
    if (this.#wanted !== offer) return undefined;
    if (!(await this.#mine())) return this.#show("elsewhere");
    if (this.#wanted !== offer) { this.#hangUp(); return undefined; }
    this.#dialled = offer;
    return this.#dial(offer);
  }

  async #dial(offer) {
    try {
      this.#show("dialling");
      this.#driver ??= await driver();
      if (!this.#driver) { this.#show("none"); return; }
      const [number, mode] = offer.split(" ");
      const leg = await this.#driver.dial(mode ? { offer: number, mode } : { offer: number }, (event) => { if (this.#dialled === offer) this.#happened(event); });
      if (this.#dialled !== offer) { leg.hangUp(); return; }
      this.#leg = leg;
      this.#mute(sessionStorage.getItem(MUTED) === offer);
    } catch {
      this.#dialled = "";
      this.#show("away");
    }
  }

  #happened({ kind, who, text, why }) {
    if (kind === "joined" || kind === "alone" || kind === "lost") this.#joined = kind === "joined";
    if (kind === "joined") this.#show(this.#muted ? "muted" : "joined");
    if (kind === "alone") this.#show("dialling");
    if (kind === "lost") this.#show("lost");
    if (kind === "heard") this.#write(this.#named(who), text);
    if (kind === "over") {
      this.#leg = null;
      this.#dialled = "";
      this.#joined = false;
      this.#show(this.#wanted ? why ?? "away" : "idle");
    }
  }

  #mute(is) {
    this.#muted = is;
    if (is) sessionStorage.setItem(MUTED, this.#dialled);
    else sessionStorage.removeItem(MUTED);
    this.#leg?.mute(is);
    if (this.#find("#mute")) this.#find("#mute").ariaPressed = String(is);
    this.#find("#say button").disabled = is;
    if (this.#joined) this.#show(is ? "muted" : "joined");
  }

  // Twice in vain, and it can't be reached: once may be a moment.
  async #probe() {
    if (this.#leg) { this.#reached("there"); return; }
    let reach = "away";
    try {
      this.#driver ??= await driver();
      reach = this.#driver ? await this.#driver.reach() : "none";
    } catch { this.#driver = null; } // it is made anew
    this.#missed = reach === "there" ? 0 : this.#missed + 1;
    if (reach === "there" || reach !== "away" || this.#missed > 1) this.#reached(reach);
  }

  #reached(reach) {
    if (reach === this.#reach) return;
    this.#reach = reach;
    this.dispatchEvent(new Event("reach"));
    if (!this.#wanted) this.keep("");
  }

  #named(who) {
    const { caller, colleague } = this.#find("#heard").dataset;
    return who === "caller" ? caller : colleague;
  }

  #say(event) {
    event.preventDefault();
    const words = this.#find("#words");
    const text = words.value.trim();
    if (!text || !this.#leg || this.#muted) return;
    words.value = "";
    this.#leg.say(text).catch(() => this.#show("away"));
    this.#write(this.#find("#heard").dataset.me, text);
  }

  #write(name, text) {
    const log = this.#find("#heard");
    const entry = document.createElement("p");
    const [who, what] = [document.createElement("b"), document.createElement("bdi")];
    [who.textContent, what.textContent] = [name, text];
    entry.append(who, " ", what);
    log.append(entry);
    log.scrollTop = log.scrollHeight;
  }

  #show(state) {
    const said = this.#find("#line-state");
    if (said.dataset.state === state) return;
    said.dataset.state = state;
    said.textContent = said.dataset[state] ?? said.dataset.away;
    const [talk, heard] = [this.#find("#talk"), this.#find("#heard")];
    if (talk.hidden && state === "joined") heard.replaceChildren();
    if (["joined", "muted"].includes(state)) talk.hidden = false;
    if (["idle", "none", "silent"].includes(state) || !this.#wanted) talk.hidden = true;
    if (this.#find("#typed")) this.#find("#typed").hidden = !this.#driver?.types;
  }

  #inHand() { return Date.now() - this.#usedAt < IN_HAND; }

  #find(what) { return this.#element.querySelector(what); }

  #hangUp() {
    this.#leg?.hangUp();
    this.#leg = null;
    this.#dialled = "";
    this.#joined = false;
    this.#release?.();
    this.#release = null;
    this.#muted = false;
    if (this.#find("#mute")) this.#find("#mute").ariaPressed = "false";
    this.#find("#say button").disabled = false;
  }

  // Say whether this page holds the telephone: the browser lends it to one page at a time.
  #mine() {
    if (this.#release) return Promise.resolve(true);
    return new Promise((answered) => {
      navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
        answered(lock !== null);
        return lock && new Promise((release) => { this.#release = release; });
      });
    });
  }
}

async function ask() {
  const answer = await asked("/console/phone");
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

async function driver() {
  const phone = await ask();
  const made = DRIVERS[phone.driver];
  return made ? new made(phone, ask) : null;
}
