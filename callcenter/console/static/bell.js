// Says that a call is offered to who does not look: two soft notes, the tab's title, and a notification where the page is
// hidden, if its advisor wants them (kept in this browser). A browser lets a page sound once somebody has used it.

const SOUND = "svi-console-sound";
const NOTIFY = "svi-console-notify";
const AGAIN = 2500; // milliseconds between two rings
const NOTES = [[659.3, 0], [880, 0.18]]; // hertz, seconds

export class Bell {
  #sound; #notify; #context = null; #ringing = null; #shown = null;

  constructor(element) {
    [this.#sound, this.#notify] = [element.querySelector("#sound"), element.querySelector("#notify")];
    this.#sound.checked = localStorage.getItem(SOUND) !== "off";
    this.#notify.checked = localStorage.getItem(NOTIFY) === "on" && globalThis.Notification?.permission === "granted";
    this.#notify.closest("label").hidden = !globalThis.Notification;
    this.#sound.addEventListener("change", () => this.#chooseSound());
    this.#notify.addEventListener("change", () => this.#chooseNotify());
    for (const use of ["pointerdown", "keydown"]) addEventListener(use, () => this.#wake(), { once: true });
  }

  // Whether an offer is seen although the page is hidden.
  get notifies() { return this.#notify.checked; }

  // Have the page say that a call is offered, or that none is.
  tell(offered, title) {
    document.title = offered ? `☎ ${title}` : title;
    if (offered === (this.#ringing !== null)) return;
    if (offered) {
      this.#ring();
      this.#ringing = setInterval(() => this.#ring(), AGAIN);
      if (document.hidden && this.notifies) this.#announce(title);
    } else {
      clearInterval(this.#ringing);
      this.#ringing = null;
      this.#shown?.close();
      this.#shown = null;
    }
  }

  #announce(title) {
    this.#shown = new Notification(title, { tag: "svi-offer" });
    this.#shown.addEventListener("click", () => { focus(); this.#shown?.close(); });
  }

  #wake() {
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume();
  }

  #ring() {
    const context = this.#context;
    if (!this.#sound.checked || context?.state !== "running") return;
    for (const [pitch, after] of NOTES) {
      const [tone, loudness, at] = [context.createOscillator(), context.createGain(), context.currentTime + after];
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0, at);
      loudness.gain.linearRampToValueAtTime(0.12, at + 0.03);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
      tone.connect(loudness).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.65);
    }
  }

  #chooseSound() {
    localStorage.setItem(SOUND, this.#sound.checked ? "on" : "off");
    this.#wake();
    this.#ring();
  }

  async #chooseNotify() {
    if (this.#notify.checked) this.#notify.checked = (await Notification.requestPermission()) === "granted";
    localStorage.setItem(NOTIFY, this.#notify.checked ? "on" : "off");
  }
}
