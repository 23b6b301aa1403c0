// Whom to call as: people whom the exchange was told of, what each would key, and what happens then.

import { byId, make, shown } from "./elements.js";
import { tab } from "./store.js";
import { localised, worded } from "./words.js";

export class People {
  #call;
  #handset;
  #cards = [];

  constructor(call, handset, trouble) {
    this.#call = call;
    this.#handset = handset;
    for (const kind of ["began", "said", "listening", "ended", "gone"]) call.on(kind, () => this.#dress());
    trouble.trying(() => this.#load());
  }

  async #load() {
    let people = [];
    try {
      people = (await (await fetch("phone/people")).json()).people;
    } catch {
      return; // the stream says that the exchange is away
    }
    const place = byId("people");
    if (people.length === 0) {
      place.replaceChildren(worded(make("p", { className: "empty" }), "people.empty"));
      return;
    }
    this.#cards = people.map((person, index) => this.#card(person, String(index)));
    place.replaceChildren(...this.#groups(people));
    this.#dress();
  }

  /** One fold a group; the one of who was chosen before is open. */
  #groups(people) {
    const groups = Map.groupBy(people.keys(), (index) => JSON.stringify(people[index].group));
    return [...groups].map(([name, indexes]) => {
      const heading = make("summary", {}, localised(make("h3"), JSON.parse(name)), make("span", { className: "badge" }, String(indexes.length)));
      const fold = make("details", {}, heading, make("div", {}, ...indexes.map((index) => this.#cards[index])));
      fold.open = indexes.includes(Number(tab.get("person") ?? NaN));
      return fold;
    });
  }

  #card(person, index) {
    const entries = person.entries.map(({ title, keys }) => {
      const button = make("button", { type: "button", className: "token", dir: "ltr" }, keys);
      button.addEventListener("click", () => this.#handset.press(keys));
      return make("span", {}, localised(make("span"), title), button);
    });
    const choose = make("button", { type: "button", className: "plain choose", "aria-describedby": `person-${index}` });
    choose.addEventListener("click", () => this.#choose(person, index));
    const mobile = person.mobile
      ? worded(make("span"), "people.mobile", { number: `\u2066${shown(person.mobile)}\u2069` })
      : worded(make("span"), "people.without-mobile");
    return make(
      "article",
      { className: "person", "data-index": index },
      localised(make("h4", { id: `person-${index}` }), person.title),
      localised(make("p"), person.what_happens),
      make("div", { className: "entries" }, ...entries),
      make("div", { className: "foot" }, mobile, choose),
    );
  }

  #choose(person, index) {
    tab.set("person", index);
    this.#handset.dialling.callFrom(person.mobile);
    this.#handset.putDown();
    this.#dress();
    byId("handset").scrollIntoView({ block: "nearest" });
  }

  #dress() {
    for (const card of this.#cards) {
      const isChosen = tab.get("person") === card.dataset.index;
      card.toggleAttribute("data-chosen", isChosen);
      for (const button of card.querySelectorAll(".token")) button.disabled = !this.#call.isLive;
      const choose = card.querySelector(".choose");
      choose.ariaPressed = String(isChosen);
      worded(choose, isChosen ? "people.chosen" : "people.choose");
    }
  }
}
