// The call's webhooks as they happen: what was asked, how it was answered, how long it took, and the document itself.

import { byId, make } from "./elements.js";
import { text, worded } from "./words.js";

const UNTOLD = ["msg", "Timestamp", "CallbackSource", "SequenceNumber", "Duration", "Language"];

export class Webhooks {
  #list = byId("webhooks");
  #trouble;

  constructor(call, trouble) {
    this.#trouble = trouble;
    this.#list.tabIndex = 0;
    this.#list.setAttribute("aria-labelledby", "webhooks-heading");
    call.on("began", () => this.#list.replaceChildren());
    call.on("webhook", (event) => this.#add(event));
    call.on("complaint", (event) => this.#complain(event));
  }

  #add(event) {
    byId("webhooks-empty").hidden = true;
    const isGood = event.status === 200 || event.status === 204;
    const status = make("span", { className: `status${isGood ? "" : " bad"}` });
    if (event.status === null) worded(status, "webhooks.no-answer");
    else status.textContent = event.status;
    const line = make(
      "span",
      { className: "line", dir: "ltr" },
      status,
      make("span", { className: "path" }, event.path),
    );
    const facts = make("span", { className: "facts" }, ...this.#facts(event));
    const what = make("span", { className: "what" }, line, facts);
    const item = make("details", { className: "hook" }, make("summary", {}, what));
    const document = event.document || event.error || "";
    const shown = make("pre", { dir: "ltr" }, make("code", {}, ...written(document)));
    shown.dataset.wordsLabel = "webhooks.document";
    shown.setAttribute("role", "region");
    shown.ariaLabel = text("webhooks.document");
    item.append(shown);
    this.#list.prepend(make("li", {}, item));
  }

  #facts({ method, ms, question, turn, sent }) {
    const taken = worded(make("span"), "webhooks.milliseconds", { n: ms });
    const facts = [make("span", { dir: "ltr" }, `${method} · `, taken)];
    if (question) facts.push(make("span", {}, worded(make("span"), "webhooks.question"), " ", make("b", { dir: "ltr" }, question)));
    if (turn) facts.push(worded(make("span"), "webhooks.turn", { n: turn }));
    for (const [name, value] of Object.entries(sent)) {
      if (value !== "" && !UNTOLD.includes(name)) facts.push(make("span", { dir: "ltr" }, `${name} `, make("b", { dir: "auto" }, value)));
    }
    return facts;
  }

  #complain({ text: reason, history }) {
    const words = worded(make("strong"), "webhooks.complaint");
    const line = make("div", { className: "complaint" }, words, " ", make("bdi", { dir: "ltr" }, reason));
    this.#list.prepend(make("li", {}, line));
    if (!history) this.#trouble.say("trouble.application");
  }
}

/** The parts of a document as it is shown: XML on lines of its own, anything else as it is. */
function written(source) {
  const tree = new DOMParser().parseFromString(source, "text/xml");
  return tree.querySelector("parsererror") ? [source] : element(tree.documentElement, "");
}

function element(node, indent) {
  const parts = [indent, part("tag", `<${node.tagName}`)];
  for (const { name, value } of node.attributes) parts.push(" ", part("name", name), `="${value}"`);
  const children = [...node.childNodes].filter((child) => child.nodeType !== Node.TEXT_NODE || child.data.trim());
  if (children.length === 0) return [...parts, part("tag", "/>"), "\n"];
  parts.push(part("tag", ">"));
  const isText = children.every((child) => child.nodeType === Node.TEXT_NODE);
  if (isText) parts.push(make("span", { className: "text", dir: "auto" }, node.textContent.trim()));
  else parts.push("\n", ...children.flatMap((child) => (child.nodeType === Node.ELEMENT_NODE ? element(child, `${indent}  `) : [`${indent}  ${child.data}\n`])), indent);
  return [...parts, part("tag", `</${node.tagName}>`), "\n"];
}

const part = (className, content) => make("span", { className }, content);
