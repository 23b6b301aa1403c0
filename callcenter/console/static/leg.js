// The advisor's telephone in the page. `Line` keeps one leg where the call is; a driver makes legs:
//
//   new Driver(phone)                 `phone`: what /console/phone says
//   driver.dial(sent, on) → leg       `sent`: what the leg says of itself, {offer} or a supervisor's {offer, mode};
//                                     `on(event)`: {kind: "joined" | "alone" | "heard" | "over", who?, text?}
//   leg.say(text), leg.hangUp()
//
// `exchange`: the exchange of this machine, by its HTTP; one types what one says. Twilio's will be another driver.

const REDIAL = 2000; // milliseconds
const LOCK = "svi-console-leg";
const LEFT = "svi-console-leg"; // in localStorage: the newest leg; nothing personal

class Exchange {
  constructor(phone) { this.phone = phone; }

  async dial(sent, on) {
    const { origin, from, token } = this.phone;
    const left = localStorage.getItem(LEFT); // by a page that could not hang up: it was reloaded, or its tab crashed
    if (left) await this.#post(`${left}/hangup`, {});
    const answer = await this.#post(`${origin}/phone/calls`, { from, identity_token: token, parameters: sent, pace: 0 });
    if (!answer.ok) throw new Error(`the exchange answered ${answer.status}`);
    const url = `${origin}/phone/calls/${(await answer.json()).sid}`;
    localStorage.setItem(LEFT, url);
    const events = new EventSource(`${url}/events`);
    const over = () => { events.close(); on({ kind: "over" }); };
    const moved = (event) => on({ kind: JSON.parse(event.data).others.length ? "joined" : "alone" });
    events.addEventListener("joined", moved);
    events.addEventListener("left", moved);
    events.addEventListener("heard", (event) => { const { who, text } = JSON.parse(event.data); on({ kind: "heard", who, text }); });
    events.addEventListener("ended", over);
    events.addEventListener("error", () => { if (events.readyState === EventSource.CLOSED) over(); });
    return {
      say: (text) => this.#post(`${url}/speech`, { text }),
      hangUp: () => { navigator.sendBeacon(`${url}/hangup`); events.close(); },
    };
  }

  #post(url, what) {
    return fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what) });
  }
}

const DRIVERS = { exchange: Exchange };

export class Line {
  #element; #driver; #leg = null; #wanted = ""; #dialled = ""; #dialledAt = 0; #release = null;

  constructor(element) {
    this.#element = element;
    element.querySelector("#say").addEventListener("submit", (event) => this.#say(event));
    addEventListener("pagehide", () => this.#hangUp());
    setInterval(() => this.keep(this.#wanted), REDIAL);
  }

  // Have the leg be where an offer leads ("12"; a supervisor's: "12 whisper"), or nowhere (""). Of several pages, one
  // holds the telephone.
  async keep(offer) {
    this.#wanted = offer;
    if (this.#dialled && this.#dialled !== offer) {
      this.#hangUp();
      this.#show("dialling");
    }
    if (!offer) return this.#show("idle");
    if (this.#dialled || Date.now() - this.#dialledAt < REDIAL) return undefined;
    this.#dialledAt = Date.now();
    if (!(await this.#mine())) return this.#show("elsewhere");
    this.#dialled = offer;
    return this.#dial(offer);
  }

  async #dial(offer) {
    try {
      this.#show("dialling");
      this.#driver ??= await driver();
      if (!this.#driver) { this.#show("none"); return; }
      const [number, mode] = offer.split(" ");
      const leg = await this.#driver.dial({ offer: number, ...(mode && { mode }) }, (event) => { if (this.#dialled === offer) this.#happened(event); });
      if (this.#dialled === offer) this.#leg = leg;
      else leg.hangUp();
    } catch {
      this.#dialled = "";
      this.#show("away");
    }
  }

  #happened({ kind, who, text }) {
    if (kind === "joined") this.#show("joined");
    if (kind === "alone") this.#show("dialling");
    if (kind === "heard") this.#write(this.#named(who), text);
    if (kind === "over") { this.#leg = null; this.#dialled = ""; this.#show(this.#wanted ? "away" : "idle"); }
  }

  #named(who) {
    const { caller, colleague } = this.#element.querySelector("#heard").dataset;
    return who === "caller" ? caller : colleague;
  }

  #say(event) {
    event.preventDefault();
    const words = this.#element.querySelector("#words");
    const text = words.value.trim();
    if (!text || !this.#leg) return;
    words.value = "";
    this.#leg.say(text).catch(() => this.#show("away"));
    this.#write(this.#element.querySelector("#heard").dataset.me, text);
  }

  #write(name, text) {
    const log = this.#element.querySelector("#heard");
    const entry = document.createElement("p");
    const [who, what] = [document.createElement("b"), document.createElement("bdi")];
    [who.textContent, what.textContent] = [name, text];
    entry.append(who, " ", what);
    log.append(entry);
    log.scrollTop = log.scrollHeight;
  }

  #show(state) {
    const said = this.#element.querySelector("#line-state");
    if (said.dataset.state === state) return;
    said.dataset.state = state;
    said.textContent = said.dataset[state];
    const talk = this.#element.querySelector("#talk");
    if (talk.hidden && state === "joined") this.#element.querySelector("#heard").replaceChildren();
    if (["joined", "idle", "none"].includes(state)) talk.hidden = state !== "joined";
  }

  #hangUp() {
    this.#leg?.hangUp();
    this.#leg = null;
    this.#dialled = "";
    this.#release?.();
    this.#release = null;
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

async function driver() {
  const phone = await (await fetch("/console/phone", { headers: { "X-Console": "script" } })).json();
  const made = DRIVERS[phone.driver];
  return made ? new made(phone) : null;
}
