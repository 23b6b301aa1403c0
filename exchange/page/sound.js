// The telephone's sound: the browser's own voices, recordings, and the tones of the keys.

import { byId } from "./elements.js";
import { tab } from "./store.js";

const TONES = {
  1: [697, 1209], 2: [697, 1336], 3: [697, 1477], 4: [770, 1209], 5: [770, 1336], 6: [770, 1477],
  7: [852, 1209], 8: [852, 1336], 9: [852, 1477], "*": [941, 1209], 0: [941, 1336], "#": [941, 1477],
};
const TONE_SECONDS = 0.12;
const NAMES = { fr: "french", ar: "arabic" };

export class Sound {
  #trouble;
  #on = false;
  #missed = new Set();
  #audio = null;
  #recording = null;

  constructor(trouble) {
    this.#trouble = trouble;
    const wanted = tab.get("sound");
    this.turn(wanted === null ? this.#voices().length > 0 : wanted === "on");
    window.speechSynthesis?.addEventListener?.("voiceschanged", () => {
      if (tab.get("sound") === null) this.turn(this.#voices().length > 0);
    });
    byId("sound").addEventListener("click", () => {
      this.turn(!this.#on);
      tab.set("sound", this.#on ? "on" : "off");
      if (this.#on && this.#voices().length === 0) trouble.say("sound.none");
    });
  }

  get hasVoices() {
    return this.#voices().length > 0;
  }

  /** Say a text with a voice of its language, after what is being said. */
  say(text, language) {
    if (!this.#on || !this.hasVoices) return;
    const voice = this.#voice(language);
    if (voice === null) {
      this.#miss(language);
      return;
    }
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 1.05;
    window.speechSynthesis.speak(utterance);
  }

  /** Play a recording. */
  play(url) {
    if (!this.#on) return;
    this.#recording?.pause();
    this.#recording = new Audio(url);
    this.#recording.play().catch(() => {});
  }

  /** Stop speaking: a key was pressed, or the call is over. */
  hush() {
    window.speechSynthesis?.cancel();
    this.#recording?.pause();
  }

  /** Sound a key. */
  tone(key) {
    if (!this.#on || !(key in TONES)) return;
    this.#audio ??= new AudioContext();
    const volume = this.#audio.createGain();
    volume.gain.value = 0.05;
    volume.connect(this.#audio.destination);
    for (const frequency of TONES[key]) {
      const oscillator = this.#audio.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(volume);
      oscillator.start();
      oscillator.stop(this.#audio.currentTime + TONE_SECONDS);
    }
  }

  #voices = () => window.speechSynthesis?.getVoices() ?? [];

  #voice(language) {
    const [wanted, family] = [language.toLowerCase(), language.slice(0, 2).toLowerCase()];
    const tagged = (voice) => voice.lang.toLowerCase().replace("_", "-");
    const voices = this.#voices().filter((voice) => tagged(voice).startsWith(family));
    return voices.find((voice) => tagged(voice) === wanted) ?? voices.find((voice) => voice.default) ?? voices[0] ?? null;
  }

  #miss(language) {
    const name = NAMES[language.slice(0, 2)];
    if (name && !this.#missed.has(name)) {
      this.#missed.add(name);
      this.#trouble.say(`sound.none-for-${name}`);
    }
  }

  turn(on) {
    this.#on = on;
    byId("sound").ariaPressed = String(on);
    byId("sound").querySelector("use").setAttribute("href", on ? "#draw-sound" : "#draw-mute");
    if (!on) this.hush();
  }
}
