// The page: puts its parts together, and decides what each learns of the others.

import { Call } from "./call.js";
import { Connected } from "./connected.js";
import { byId } from "./elements.js";
import { Faults } from "./faults.js";
import { Handset } from "./handset.js";
import { Inbox } from "./inbox.js";
import { listenToKeyboard } from "./keyboard.js";
import { People } from "./people.js";
import { Ringing } from "./ringing.js";
import { settle } from "./settings.js";
import { Sound } from "./sound.js";
import { Speech } from "./speech.js";
import { Trouble } from "./trouble.js";
import { Webhooks } from "./webhooks.js";
import { begin, worded } from "./words.js";

const call = new Call();
const trouble = new Trouble(call);
const sound = new Sound(trouble);

await begin();
settle();

const handset = new Handset(call, sound, trouble);
new Connected(call, handset);
const ringing = new Ringing(call, handset, sound, trouble);
const inbox = new Inbox(call, handset);
new Speech(call, trouble);
const faults = new Faults(trouble);
new Webhooks(call, trouble);
new People(call, handset, trouble);
listenToKeyboard({ call, handset, inbox, ringing });

call.on("connection", ({ state }) => {
  byId("connection").dataset.state = state;
  worded(byId("connection-words"), `connection.${state}`);
});
call.on("connection", ({ state }) => trouble.connection(state));
call.on("webhook", () => faults.look());

await call.start();
const other = call.sid ? null : await call.elsewhere();
if (other) {
  const act = () => {
    sound.turn(false); // one tab speaks
    call.follow(other);
  };
  trouble.say("trouble.elsewhere", {}, { words: "trouble.follow", act });
}
document.body.classList.add("ready");
