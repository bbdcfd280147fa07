// Puts the parts of the page together.

import { fetchCatalogue, fetchSession, Unreachable } from "./api.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { Feed } from "./feed.js";
import { dressIcons } from "./icons.js";
import { Lightbox } from "./lightbox.js";
import { Notices } from "./notices.js";
import { Outbox } from "./outbox.js";
import { Store } from "./store.js";
import { bindTheme } from "./theme.js";
import { writer } from "./text.js";
import { Thread } from "./thread.js";
import { Title } from "./title.js";
import { setWords, words } from "./words.js";

async function start() {
  dressIcons();
  bindTheme(byId("theme"));
  const [session, commands] = await Promise.all([persistent(fetchSession), persistent(fetchCatalogue)]);
  setWords(session.words);
  showPerson(session);

  const store = new Store();
  const notices = new Notices(byId("notices"));
  const title = new Title(store);
  const feed = new Feed(store, onState);
  const onAnswered = () => chat.thread.toLatest();
  const outbox = new Outbox({ store, feed, session, notices, onAnswered });
  const chat = { store, notices, outbox, commands, limits: session.limits };
  chat.rich = writer(commands, (typed) => chat.composer.suggest(typed));
  chat.lightbox = new Lightbox(chat);
  chat.thread = new Thread(chat);
  chat.composer = new Composer(chat);

  let first = true;
  function onState(state) {
    const status = byId("status");
    status.dataset.state = state;
    status.textContent = words(`web-${state}`);
    if (state !== "online" || !first) return;
    first = false;
    chat.thread.settle();
    title.settle();
    if (store.isEmpty) outbox.greet();
  }
  feed.connect();
}

/** Shows the reader's name and the sign-out button where people have accounts. */
function showPerson({ shared, me }) {
  byId("me").hidden = byId("leave").hidden = !shared;
  byId("me").textContent = me.name;
}

/** Asks again while the server is starting. */
async function persistent(ask) {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

start();
