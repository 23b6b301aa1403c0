// The microphone test: how loud one is while one speaks, then the last second, played back. Nothing leaves the page.

const LASTS = 4000; // milliseconds of listening
const PLAYED = 1; // second, at their end
const AUDIBLE = 0.02; // of 1

export class Microphone {
  #element;

  constructor(element) {
    this.#element = element;
    this.#find("#try").addEventListener("click", () => this.#try());
  }

  async #try() {
    const button = this.#find("#try");
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    const context = new AudioContext();
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const { loudest, recorded } = await this.#listen(context, stream);
      stop(stream);
      this.#say(loudest > AUDIBLE ? "played" : "quiet");
      await play(context, await context.decodeAudioData(await recorded.arrayBuffer()));
    } catch (error) {
      this.#say(error.name === "NotAllowedError" ? "refused" : "missing");
    }
    stop(stream);
    await context.close();
    this.#find("meter").value = 0;
    button.ariaBusy = "false";
  }

  #listen(context, stream) {
    this.#say("listening");
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const [samples, meter, chunks] = [new Float32Array(analyser.fftSize), this.#find("meter"), []];
    let loudest = 0;
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loud = Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
      loudest = Math.max(loudest, loud);
      meter.value = Math.min(1, loud * 5);
    }, 100);
    return new Promise((done) => {
      const recorder = new MediaRecorder(stream);
      recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
      recorder.addEventListener("stop", () => { clearInterval(timer); done({ loudest, recorded: new Blob(chunks) }); });
      recorder.start();
      setTimeout(() => recorder.stop(), LASTS);
    });
  }

  #say(what) {
    const said = this.#find("#heard-myself");
    said.textContent = said.dataset[what];
  }

  #find(what) { return this.#element.querySelector(what); }
}

function stop(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function play(context, buffer) {
  const player = new AudioBufferSourceNode(context, { buffer });
  player.connect(context.destination);
  return new Promise((ended) => {
    player.addEventListener("ended", ended);
    player.start(0, Math.max(0, buffer.duration - PLAYED));
  });
}
