// Shows a document around a cited place, in the chat's pane and on a page of its own. Text goes in as text only.

const HIGHLIGHT = "youju-found";
let catalogue;

export async function words() {
  const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  catalogue ??= fetch(`/source/assets/source-${language}.json`).then((answer) => answer.json());
  return catalogue;
}

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Evidence {
  // container: emptied and filled; scroller: what scrolls, null for the window.
  constructor(container, { onTitle = () => {} } = {}) {
    this.container = container;
    this.onTitle = onTitle;
    this.citations = [];
    this.at = 0;
    this.asked = 0;
  }

  // citations: addresses "/source/<id>?…" to step through; at: the one to show.
  async show(citations, at) {
    this.citations = citations;
    this.at = at;
    this.address = new URL(citations[at], location.href);
    this.places = [];
    await this.load(this.address.searchParams.get("line"));
  }

  async load(line, then) {
    const asked = ++this.asked;
    const said = await words();
    const address = new URL(`${this.address.pathname}/view`, this.address);
    for (const name of ["start", "end", "spans"]) {
      if (this.address.searchParams.has(name)) address.searchParams.set(name, this.address.searchParams.get(name));
    }
    if (line) address.searchParams.set("line", line);
    let view;
    try {
      const answer = await fetch(address);
      view = await answer.json();
      if (!answer.ok) throw new Error(view.detail);
    } catch (error) {
      if (asked === this.asked) this.container.replaceChildren(make("p", "evidence-problem", error.message || said.failed));
      return;
    }
    if (asked !== this.asked) return; // another one was clicked meanwhile
    this.view = view;
    this.onTitle(view);
    this.draw(view, said);
    if (then) then();
    else if (line) this.reveal(this.container.querySelector(`#L${line}`));
    else this.reveal(this.container.querySelector("mark"));
  }

  draw(view, said) {
    const text = make("div", "text");
    text.tabIndex = 0;
    text.setAttribute("role", "region");
    text.setAttribute("aria-label", said.text);
    if (view.earlier) text.append(this.further(`↑ ${said.earlier_lines}`, view.earlier));
    let first = true;
    for (const [number, pieces] of view.lines) {
      const line = make("div", "line");
      line.id = `L${number}`;
      line.dataset.number = number;
      const content = make("span");
      for (const [piece, marked] of pieces) {
        if (!marked) {
          content.append(piece);
          continue;
        }
        const mark = make("mark", "", piece);
        if (first) mark.id = "mark";
        first = false;
        line.classList.add("cited");
        content.append(mark);
      }
      line.append(content);
      text.append(line);
    }
    if (view.later) text.append(this.further(`↓ ${said.later_lines}`, view.later));
    const kept = this.container.querySelector(".evidence-tools input")?.value ?? "";
    this.container.replaceChildren(this.tools(view, said, kept), text);
    this.paint();
  }

  further(label, line) {
    const more = make("p", "more-lines");
    const button = make("button", "link", label);
    button.type = "button";
    button.addEventListener("click", () => this.load(line));
    more.append(button);
    return more;
  }

  tools(view, said, kept) {
    const bar = make("div", "evidence-tools");
    const badge = make("span", `badge ${view.state}`, said[view.state]);
    badge.title = said[`${view.state}_hint`];
    const about = make("span", "about-file", fill(said.whole, { count: view.total, encoding: view.encoding }));
    bar.append(badge, about);
    if (this.citations.length > 1) bar.append(this.stepper(said));
    bar.append(this.finder(said, kept));
    if (view.state === "changed" || view.state === "missing") bar.append(make("p", "changed-note", said[`${view.state}_hint`]));
    return bar;
  }

  stepper(said) {
    const steps = make("span", "steps");
    const count = this.citations.length;
    const step = (sign, by, name) => {
      const button = make("button", "tool quiet", sign);
      button.type = "button";
      button.title = name;
      button.setAttribute("aria-label", name);
      button.addEventListener("click", () => this.show(this.citations, (this.at + by + count) % count));
      return button;
    };
    const here = make("span", "at", fill(said.citation_of, { at: this.at + 1, count }));
    steps.append(step("‹", -1, said.previous), here, step("›", 1, said.next));
    return steps;
  }

  finder(said, kept) {
    const form = make("form", "finder");
    const input = make("input");
    input.type = "search";
    input.placeholder = said.find;
    input.setAttribute("aria-label", said.find);
    input.maxLength = 100;
    input.value = kept;
    this.count = make("span", "at");
    this.count.setAttribute("aria-live", "polite");
    const step = (sign, by, name) => {
      const button = make("button", "tool quiet", sign);
      button.type = "button";
      button.title = name;
      button.setAttribute("aria-label", name);
      button.addEventListener("click", () => this.find(input.value, by));
      return button;
    };
    form.append(input, this.count, step("↑", -1, said.find_previous), step("↓", 1, said.find_next));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.find(input.value, 1);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.shiftKey) return;
      event.preventDefault();
      this.find(input.value, -1);
    });
    input.addEventListener("input", () => {
      if (input.value === "") this.find("", 0);
    });
    return form;
  }

  async find(text, by) {
    const said = await words();
    if (text !== this.looked) {
      this.looked = text;
      this.place = by < 0 ? 0 : -1;
      const address = new URL(`${this.address.pathname}/find`, this.address);
      address.searchParams.set("text", text);
      const answer = await fetch(address);
      const found = answer.ok ? await answer.json() : { places: [], more: false };
      this.places = found.places;
      this.more = found.more;
    }
    const count = this.places.length;
    if (!count) {
      this.count.textContent = text.trim() ? said.found_none : "";
      this.paint();
      return;
    }
    this.place = (this.place + by + count) % count;
    const line = this.places[this.place][0][0];
    const go = () => {
      this.count.textContent = fill(said.found, { at: this.place + 1, count: this.more ? `${count}+` : count });
      this.paint();
      this.reveal(this.container.querySelector(`#L${line}`));
    };
    if (this.container.querySelector(`#L${line}`)) go();
    else await this.load(line, go);
  }

  // Paint what was found, with the CSS Custom Highlight API: the text itself stays as it is.
  paint() {
    if (!("highlights" in CSS)) return;
    const ranges = { all: [], here: [] };
    (this.places ?? []).forEach((place, index) => {
      for (const segment of place) {
        const range = this.range(...segment);
        if (range) ranges[index === this.place ? "here" : "all"].push(range);
      }
    });
    CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges.all));
    CSS.highlights.set(`${HIGHLIGHT}-here`, new Highlight(...ranges.here));
  }

  // from and to count code points of the line, the DOM counts UTF-16 units.
  range(number, from, to) {
    const content = this.container.querySelector(`#L${number} > span`);
    if (!content) return null;
    const points = Array.from(content.textContent);
    const units = (end) => points.slice(0, end).join("").length;
    const range = document.createRange();
    const [start, end] = [locate(content, units(from)), locate(content, units(to))];
    if (!start || !end) return null;
    range.setStart(...start);
    range.setEnd(...end);
    return range;
  }

  reveal(element) {
    element?.scrollIntoView({ block: "center", behavior: still() ? "auto" : "instant" });
  }
}

function locate(content, offset) {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && offset > node.length) {
    offset -= node.length;
    node = walker.nextNode();
  }
  return node ? [node, offset] : null;
}
