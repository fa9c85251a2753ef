// The question box: suggestions while typing, editing an earlier question, the last question by ↑.
import { make } from "/source/assets/evidence.js";
import { said, typeInto } from "./common.js";

const PAUSE = 140;

export class Composer {
  constructor(page) {
    this.page = page;
    this.box = document.querySelector("#question textarea");
    this.list = document.getElementById("suggestions");
    this.editing = null;
    this.active = -1;
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) this.box.setAttribute(name, value);
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event), { capture: true });
    this.box.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
  }

  // A typed question with what goes along with it; the box is emptied for the next one. Filters that the page does not
  // show are for the very question that they were restored with.
  take(question) {
    const { question: restored, filters, replaces } = this.editing ?? {};
    this.cancel();
    this.hide();
    setTimeout(() => this.write(""), 0); // after Gradio has read it
    return { question, filters: replaces || restored === question ? filters : {}, replaces: replaces ?? "" };
  }

  restore(wish) {
    setTimeout(() => this.box.value || this.begin(wish), 0);
  }

  begin(wish) {
    this.editing = wish;
    document.getElementById("editing").hidden = !wish.replaces;
    this.write(wish.question);
  }

  write(text) {
    this.quiet = true;
    typeInto(this.box, text);
    this.quiet = false;
  }

  edit(turn, text) {
    this.begin({ question: text, filters: JSON.parse(turn.dataset.filters || "{}"), replaces: turn.dataset.turn });
    this.box.focus();
    this.box.setSelectionRange(text.length, text.length);
  }

  cancel() {
    const replaces = this.editing?.replaces;
    this.editing = null;
    if (!replaces) return;
    document.getElementById("editing").hidden = true;
    this.write("");
  }

  typed() {
    clearTimeout(this.timer);
    if (this.quiet || this.box.value.trim().length < 2) {
      this.hide();
      return;
    }
    this.timer = setTimeout(() => this.suggest(this.box.value), PAUSE);
  }

  async suggest(text) {
    let found = [];
    try {
      const answer = await fetch(`/chat/suggest?text=${encodeURIComponent(text.slice(0, 200))}`);
      if (answer.ok) found = await answer.json();
    } catch {
      return; // without suggestions one can type on
    }
    if (this.box.value !== text || this.page.busy) return;
    this.show(found);
  }

  show(found) {
    this.active = -1;
    this.list.replaceChildren(
      ...found.map((one, index) => {
        const option = make("li");
        option.id = `suggestion-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(make("span", "suggestion-text", one.text), make("span", "suggestion-kind", said[one.kind]));
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.choose(index);
        });
        return option;
      }),
    );
    this.list.hidden = !found.length;
    this.box.setAttribute("aria-expanded", String(found.length > 0));
    this.box.removeAttribute("aria-activedescendant");
  }

  hide() {
    clearTimeout(this.timer);
    if (!this.list.hidden) this.show([]);
  }

  choose(index) {
    this.write(this.list.children[index].querySelector(".suggestion-text").textContent);
    this.hide();
    this.box.focus();
  }

  move(by) {
    const count = this.list.children.length;
    this.active = (this.active + by + count + (this.active < 0 && by < 0 ? 1 : 0)) % count;
    [...this.list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.active));
      if (index === this.active) option.scrollIntoView({ block: "nearest" });
    });
    this.box.setAttribute("aria-activedescendant", `suggestion-${this.active}`);
  }

  key(event) {
    if (event.isComposing) return; // an input method has the keys
    const open = !this.list.hidden;
    if (event.key === "Enter" && !event.shiftKey && (this.page.busy || this.page.opening)) this.swallow(event);
    else if (event.key === "Enter" && open && this.active >= 0) this.swallow(event, () => this.choose(this.active));
    else if (event.key === "Escape" && open) this.swallow(event, () => this.hide());
    else if (event.key === "Escape" && this.editing?.replaces) this.swallow(event, () => this.cancel());
    else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      this.swallow(event, () => this.move(event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "ArrowUp" && !this.box.value) {
      const last = [...document.querySelectorAll(".turn")].at(-1);
      if (last) this.swallow(event, () => this.write(last.dataset.question));
    }
  }

  swallow(event, then) {
    event.preventDefault();
    event.stopPropagation();
    then?.();
  }
}
