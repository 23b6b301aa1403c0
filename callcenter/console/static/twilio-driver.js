// The telephone by Twilio: its library (lib/twilio.min.js, which `make` brings), a Device, a Call for each leg.
//
// A token lasts minutes, and is named after the session: it is asked for anew at each dial, and shortly before its end.
// Where there is another session meanwhile, so is another Device.

const NO_MICROPHONE = new Set([31401, 31402, 31208]); // refused, not found or broken, refused (before 2.0)
const REFRESH = 60000; // milliseconds before a token's end
const SILENT = "silent";

export class TwilioDriver {
  types = false;
  #ask; #phone; #device = null; #named = ""; #sdk; #broken = false;

  // `ask()`: asks the server for the telephone again, with a new token.
  constructor(phone, ask) {
    this.#phone = phone;
    this.#ask = ask;
    this.#sdk = library();
    this.#sdk.catch(() => null); // said where it is needed
  }

  async reach() {
    const { Device } = await this.#sdk;
    if (!Device.isSupported) return "none";
    const permission = await navigator.permissions?.query({ name: "microphone" }).catch(() => null);
    if (permission?.state === "denied") return SILENT;
    return this.#broken ? "away" : "there";
  }

  async dial(params, on) {
    const device = await this.#ready();
    const call = await device.connect({ params });
    let over = false;
    const end = (event) => { if (!over) { over = true; on(event); } };
    call.on("accept", () => on({ kind: "joined" }));
    call.on("reconnecting", () => on({ kind: "lost" }));
    call.on("reconnected", () => on({ kind: "joined" }));
    for (const each of ["disconnect", "cancel", "reject"]) call.on(each, () => end({ kind: "over" }));
    call.on("error", (error) => {
      if (NO_MICROPHONE.has(error?.code)) { end({ kind: "over", why: SILENT }); call.disconnect(); }
      else if (call.status() === "closed") end({ kind: "over" });
    });
    return {
      say: () => Promise.resolve(),
      mute: (is) => call.mute(is), // also before the microphone is open
      hangUp: () => { over = true; call.disconnect(); },
    };
  }

  async #ready() {
    const { Device } = await this.#sdk;
    await this.#refresh();
    if (this.#named !== this.#phone.from) this.#device?.destroy();
    if (!this.#device || this.#device.state === "destroyed") {
      this.#named = this.#phone.from;
      this.#device = new Device(this.#phone.token, { closeProtection: false, codecPreferences: ["opus", "pcmu"], logLevel: "silent", tokenRefreshMs: REFRESH });
      this.#device.on("tokenWillExpire", () => this.#refresh().catch(() => null));
      this.#device.on("error", (error, call) => { if (!call) this.#failed(error); });
    }
    return this.#device;
  }

  async #refresh() {
    this.#phone = await this.#ask();
    if (this.#named === this.#phone.from && this.#device.state !== "destroyed") this.#device.updateToken(this.#phone.token);
    this.#broken = false;
  }

  // A token that Twilio does not take is replaced at once; what else there is, the next dial shows.
  #failed(error) {
    const token = error?.code >= 20101 && error?.code <= 20157;
    this.#broken = !token;
    if (token) this.#refresh().catch(() => { this.#broken = true; });
    else setTimeout(() => { this.#broken = false; }, 15000);
  }
}

function library() {
  if (window.Twilio) return Promise.resolve(window.Twilio);
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = new URL("lib/twilio.min.js", import.meta.url);
    script.addEventListener("load", () => loaded(window.Twilio));
    script.addEventListener("error", () => failed(new Error("Twilio's library is not there")));
    document.head.append(script);
  });
}
