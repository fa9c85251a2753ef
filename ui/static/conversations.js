// The list of one's own conversations: open, rename, delete.
import { make } from "/source/assets/evidence.js";
import { said } from "./common.js";

const DAY = 24 * 3600 * 1000;

export class Conversations {
  constructor(page) {
    this.page = page;
    this.list = document.getElementById("conversations");
    this.side = document.getElementById("side");
  }

  async refresh(current) {
    try {
      const answer = await fetch("/chat/conversations");
      if (!answer.ok) return;
      this.draw(await answer.json(), current);
    } catch {
      // the list stays as it is
    }
  }

  draw(found, current) {
    const items = [];
    let group = "";
    for (const one of found) {
      const day = this.day(new Date(one.updated));
      if (day !== group) items.push(make("li", "day", day));
      group = day;
      items.push(this.item(one, one.id === current));
    }
    this.list.replaceChildren(...items);
  }

  day(date) {
    const midnight = new Date().setHours(0, 0, 0, 0);
    if (date >= midnight) return said.today;
    return date >= midnight - DAY ? said.yesterday : said.earlier;
  }

  item(one, current) {
    const item = make("li", "conversation");
    const open = make("button", "conversation-title", one.title);
    open.type = "button";
    open.title = one.title;
    if (current) open.setAttribute("aria-current", "true");
    open.addEventListener("click", () => {
      this.toggle(false);
      this.page.open(one.id);
    });
    const rename = this.tool("✎", said.rename, () => this.rename(item, one));
    const remove = this.tool("×", said.delete, () => this.remove(remove, one));
    item.append(open, rename, remove);
    return item;
  }

  tool(sign, name, act) {
    const button = make("button", "tool quiet", sign);
    button.type = "button";
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    return button;
  }

  rename(item, one) {
    const input = make("input");
    input.value = one.title;
    input.maxLength = 60;
    input.setAttribute("aria-label", said.rename);
    let done = false;
    const finish = async (keep) => {
      if (done) return;
      done = true;
      if (keep && input.value.trim()) await this.send("PUT", one.id, { title: input.value });
      this.refresh(this.page.conversation);
    };
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") finish(true);
      if (event.key === "Escape") {
        event.preventDefault();
        finish(false);
      }
    });
    input.addEventListener("blur", () => finish(true));
    item.replaceChildren(input);
    input.focus();
    input.select();
  }

  // The first click asks, the second deletes.
  async remove(button, one) {
    if (!button.classList.contains("sure")) {
      button.classList.add("sure");
      button.textContent = said.delete_sure;
      button.addEventListener("blur", () => this.refresh(this.page.conversation), { once: true });
      return;
    }
    await this.send("DELETE", one.id);
    if (one.id === this.page.conversation) this.page.open("");
    else this.refresh(this.page.conversation);
  }

  send(method, id, body) {
    const options = { method };
    if (body) Object.assign(options, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return fetch(`/chat/conversations/${encodeURIComponent(id)}`, options);
  }

  // On a narrow page the list lies over the chat.
  toggle(open = !document.body.hasAttribute("data-side")) {
    if (open === document.body.hasAttribute("data-side")) return;
    document.body.toggleAttribute("data-side", open);
    const button = document.querySelector('[data-act="menu"]');
    button.setAttribute("aria-expanded", String(open));
    if (open) this.side.querySelector("button").focus();
    else button.focus({ preventScroll: true });
  }

  clickedOutside(target) {
    if (document.body.hasAttribute("data-side") && !this.side.contains(target)) this.toggle(false);
  }
}
