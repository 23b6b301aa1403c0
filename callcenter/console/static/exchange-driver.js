// The telephone by the exchange of this machine, over its HTTP: one types what one says, and reads the others.

const LEFT = "svi-console-leg"; // in localStorage: the newest leg; nothing personal

export class ExchangeDriver {
  types = true;

  // `ask()`: asks the server for the telephone again, as it is named after the session.
  constructor(phone, ask) {
    this.phone = phone;
    this.ask = ask;
  }

  async reach() {
    const answer = await fetch(`${this.phone.origin}/phone/numbers`, { signal: AbortSignal.timeout(4000) }).catch(() => null);
    return answer?.ok ? "there" : "away";
  }

  async dial(parameters, on) {
    const { origin, from, token } = await this.ask();
    const left = localStorage.getItem(LEFT); // by a page that could not hang up: it was reloaded, or its tab crashed
    if (left) await post(`${left}/hangup`, {}).catch(() => null);
    const answer = await post(`${origin}/phone/calls`, { from, identity_token: token, parameters, pace: 0 });
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
    let muted = false;
    return {
      say: (text) => (muted ? Promise.resolve() : post(`${url}/speech`, { text })),
      mute: (is) => { muted = is; },
      hangUp: () => { navigator.sendBeacon(`${url}/hangup`); events.close(); },
    };
  }
}

function post(url, what) {
  return fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what) });
}
