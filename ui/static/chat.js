// The page's behaviour. The server renders every answer; this script moves, hides and copies, and writes text as text.
import { Evidence, make } from "/source/assets/evidence.js";
import { answerActions } from "./answers.js";
import { Composer } from "./composer.js";
import { Conversations } from "./conversations.js";
import { askFor, say, said, within } from "./common.js";

const POLL = 700;
const MORE_EXAMPLES = 2500;
const BIND = 150; // ms after the first conversation is drawn: its stream is closed by then
const BIND_AT_LAST = 3000; // ms, where it never comes
const live = () => document.getElementById("live");
const thread = () => document.getElementById("thread");
const turnsOf = () => document.querySelector("#thread .turns");

class Page {
  constructor() {
    this.conversation = new URLSearchParams(location.hash.slice(1)).get("c") ?? "";
    this.queued = null;
    this.busy = false;
    this.bound = false;
    this.settledTurn = null;
  }

  // Called by Gradio with what was typed; gives what the server is sent.
  sending(typed) {
    const wish = this.queued ?? composer.take(typed ?? "");
    this.queued = null;
    this.wish = wish;
    this.archive();
    for (const turn of this.replaced()) turn.inert = true;
    live().dataset.stale = "";
    document.body.dataset.talking = "";
    this.setBusy(true);
    say(said.asking);
    return [wish.question, this.conversation, JSON.stringify({ filters: wish.filters, replaces: wish.replaces })];
  }

  // Start a question that was clicked, not typed.
  ask(question, { filters = {}, replaces = "" } = {}) {
    if (this.busy || this.opening) return;
    this.queued = { question, filters, replaces };
    window.youjuBridge.ask();
  }

  // Ask what could not be asked once more, in the same place; once something else was asked, at the end.
  again(turn) {
    const { question, filters, replaces } = turn.dataset;
    this.ask(question, { filters: JSON.parse(filters), replaces: live().contains(turn) ? replaces : "" });
  }

  // Gradio owns #live and rewrites it for the next question, so the settled turn is copied into the thread first.
  archive() {
    this.archived = "stale" in live().dataset ? null : live().querySelector(".turn")?.cloneNode(true);
    if (this.archived) turnsOf().append(this.archived);
  }

  // The turn that is asked anew, with all later ones: they go once the server keeps the new one, and no sooner.
  replaced() {
    const turns = [...document.querySelectorAll("#thread .turn")];
    const first = turns.findIndex((turn) => this.wish.replaces && turn.dataset.turn === this.wish.replaces);
    return first < 0 ? [] : turns.slice(first);
  }

  settleReplaced(kept) {
    for (const turn of this.replaced()) kept ? turn.remove() : (turn.inert = false);
  }

  setBusy(busy) {
    this.busy = busy;
    document.body.toggleAttribute("data-busy", busy);
  }

  // Called by Gradio when the server has finished, in whatever way.
  settled() {
    if (!this.busy) return;
    if (live().querySelector(".turn.settled") && !("stale" in live().dataset)) this.drawn();
    else setTimeout(() => this.busy && this.failed(), 1500); // the last message may still be on its way
  }

  failed() {
    this.giveUp(said.failed);
  }

  stopped() {
    if (this.busy) this.giveUp(said.stopped);
  }

  giveUp(text) {
    this.setBusy(false);
    this.settleReplaced(false);
    if ("stale" in live().dataset) this.archived?.remove(); // the turn before is still in #live
    else live().querySelector(".turn .stages")?.replaceChildren(make("li", "now", text));
    delete live().dataset.stale;
    say(text);
    composer.restore(this.wish);
  }

  drawn() {
    const turn = live().querySelector(".turn");
    if (!turn || (this.busy && turn.dataset.turn && turn.dataset.turn === this.archived?.dataset.turn)) return;
    delete live().dataset.stale;
    const done = this.busy && turn.classList.contains("settled");
    if (done) this.settleReplaced(Boolean(turn.dataset.turn));
    const mark = `${turn.dataset.turn}${turn.className}${turn.dataset.question}`;
    if (this.shown !== mark) {
      this.shown = mark;
      turn.scrollIntoView({ block: "start" });
    }
    if (!done) return;
    this.setBusy(false);
    if (turn.dataset.conversation) this.goTo(turn.dataset.conversation);
    this.tell(turn);
    conversations.refresh(this.conversation);
  }

  tell(turn) {
    const answer = turn.querySelector(".answer-text")?.textContent;
    say(answer ? said.answer + answer : said.refused + (turn.querySelector(".reason")?.textContent ?? ""));
  }

  goTo(conversation) {
    this.conversation = conversation;
    const hash = conversation ? `#c=${conversation}` : "";
    if (location.hash !== hash) history.replaceState(null, "", location.pathname + location.search + hash);
  }

  // Called by Gradio on load and for "youju_open": which conversation to show.
  wanted() {
    if (!this.bound) setTimeout(() => this.bind(), BIND_AT_LAST);
    return this.conversation;
  }

  // From now on what is sent is asked; before, Gradio has not bound its events, or is still closing the stream by which
  // the first conversation came, and would never listen for the answer.
  bind() {
    if (this.bound) return;
    this.bound = true;
    if (window.youjuImpatient) document.getElementById("send").click();
  }

  open(conversation) {
    if (this.busy) return;
    this.goTo(conversation);
    this.opening = true;
    this.shown = "";
    live().dataset.stale = "";
    delete document.body.dataset.talking;
    panes.close();
    composer.cancel();
    window.youjuBridge.open();
  }

  threadDrawn() {
    const turns = turnsOf();
    if (!turns || turns.dataset.stamp === this.stamp) return;
    this.stamp = turns.dataset.stamp;
    this.opening = false;
    if (this.stamp) setTimeout(() => this.bind(), BIND); // the one that came with the page has none
    delete live().dataset.stale;
    if (turns.dataset.conversation !== this.conversation) this.goTo(turns.dataset.conversation); // it is gone
    conversations.refresh(this.conversation);
    const last = turns.querySelector(".turn:last-child");
    if (last) last.scrollIntoView({ block: "start" });
    else this.awaitExamples(turns);
  }

  // The first examples are looked for while the first visitor reads the page.
  awaitExamples(turns) {
    const again = async () => {
      if (turnsOf() !== turns || turns.querySelector(".example")) return;
      const answer = await fetch("/chat/examples").catch(() => null);
      const found = answer?.ok ? await answer.json() : [];
      if (found.length) this.offer(turns, found);
      else if (tries++ < 8) setTimeout(again, MORE_EXAMPLES);
    };
    let tries = 0;
    if (!turns.querySelector(".example")) setTimeout(again, MORE_EXAMPLES);
  }

  offer(turns, questions) {
    const list = turns.querySelector(".examples");
    if (!list) return;
    list.replaceChildren(
      ...questions.map((question) => {
        const button = make("button", "example", question);
        button.type = "button";
        button.dataset.act = "ask";
        button.dataset.question = question;
        const item = make("li");
        item.append(button);
        return item;
      }),
    );
    turns.querySelector(".try").hidden = false;
  }

  // What can be asked about; while the index is being made, how far that is.
  async watchIndex() {
    const banner = document.getElementById("loading");
    let waited = false;
    for (;;) {
      let status = null;
      try {
        status = await (await fetch("/chat/status")).json();
      } catch {
        // the server is starting anew; ask again
      }
      if (status?.ready) {
        document.getElementById("index-state").textContent = status.text;
        banner.hidden = true;
        return;
      }
      if (status) {
        waited = true;
        banner.hidden = false;
        banner.querySelector("p").textContent = status.text;
        const bar = banner.querySelector("progress");
        bar.hidden = status.failed;
        if (status.share === null) bar.removeAttribute("value");
        else bar.value = status.share;
        if (status.failed) return;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
  }
}

// The panes at the right: the source, and why this answer.
class Panes {
  constructor() {
    this.evidence = new Evidence(document.querySelector("#evidence .evidence-view"), {
      onTitle: (view) => this.title(view),
    });
  }

  open(id, opener) {
    for (const pane of document.querySelectorAll(".pane")) pane.hidden = pane.id !== id;
    document.body.dataset.pane = id;
    this.opener = opener ?? this.opener;
    document.querySelector(`#${id} .pane-title`).focus({ preventScroll: true });
  }

  close() {
    if (!document.body.dataset.pane) return;
    delete document.body.dataset.pane;
    for (const pane of document.querySelectorAll(".pane")) pane.hidden = true;
    document.querySelectorAll(".citation.shown").forEach((link) => link.classList.remove("shown"));
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
  }

  title(view) {
    document.querySelector("#evidence .pane-title").textContent = view.title || view.file;
    const address = this.evidence.citations[this.evidence.at];
    document.querySelector('#evidence [data-role="link"]').href = address;
    for (const link of document.querySelectorAll(".citation")) {
      link.classList.toggle("shown", link.getAttribute("href") === address);
    }
  }

  source(link) {
    const group = link.closest(".passages") ? ".passages .citation" : ".answer-card .citation, .answer-row .citation";
    const links = [...link.closest(".turn").querySelectorAll(group)].map((one) => one.getAttribute("href"));
    const citations = [...new Set(links)];
    this.open("evidence", link);
    this.evidence.show(citations, Math.max(citations.indexOf(link.getAttribute("href")), 0));
  }

  why(button) {
    const reasons = button.closest(".turn").querySelector(".why");
    const view = document.querySelector("#why .why-view");
    view.replaceChildren(...[...reasons.childNodes].map((node) => node.cloneNode(true)));
    this.open("why", button);
  }
}

const page = new Page();
const panes = new Panes();
const composer = new Composer(page);
const conversations = new Conversations(page);

const actions = {
  ...answerActions,
  ask: (button) => page.ask(button.dataset.question),
  narrow: (button) => page.ask(within(button).dataset.resolved, { filters: JSON.parse(button.dataset.filters) }),
  widen: (button) => page.ask(within(button).dataset.resolved),
  again: (button) => page.again(within(button)),
  edit: (button) => composer.edit(within(button), within(button).dataset.question),
  "edit-resolved": (button) => composer.edit(within(button), within(button).dataset.resolved),
  "cancel-edit": () => composer.cancel(),
  new: () => page.open(""),
  close: () => panes.close(),
  why: (button) => panes.why(button),
  theme: () => window.youjuTheme.toggle(),
  menu: () => conversations.toggle(),
};

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-act]");
  if (!target) {
    conversations.clickedOutside(event.target);
    return;
  }
  const act = target.dataset.act;
  if (act === "source") {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return; // a tab of its own
    event.preventDefault();
    panes.source(target);
  } else {
    actions[act]?.(target);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (document.body.dataset.pane) panes.close();
  else conversations.toggle(false);
});

addEventListener("hashchange", () => {
  const conversation = new URLSearchParams(location.hash.slice(1)).get("c") ?? "";
  if (conversation !== page.conversation) page.open(conversation);
});

new MutationObserver(() => page.drawn()).observe(live(), { childList: true, subtree: true, attributeFilter: ["class"] });
new MutationObserver(() => page.threadDrawn()).observe(thread(), { childList: true, subtree: true, attributes: true });

// The same conversation in the other language.
document.querySelector(".language").addEventListener("click", (event) => {
  event.currentTarget.hash = location.hash;
});

window.youju = page;
askFor(page);
page.watchIndex();
