// What looking needs beyond reading; every page works without it.

document.documentElement.classList.add("scripted");

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

// Copies the text of a field.
for (const button of document.querySelectorAll("[data-copies]")) {
  const says = button.textContent;
  button.addEventListener("click", async () => {
    const field = document.querySelector(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      document.execCommand("copy");
    }
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = says; }, 2000);
  });
}

// One cell of the comparison is open at a time.
const cells = [...document.querySelectorAll("details.cell")];
for (const cell of cells) {
  cell.addEventListener("toggle", () => {
    if (cell.open) cells.filter((other) => other !== cell).forEach((other) => { other.open = false; });
  });
}
document.addEventListener("click", (event) => {
  if (!event.target.closest("details.cell")) cells.forEach((cell) => { cell.open = false; });
});

// A line and its words light up together.
const marks = [...document.querySelectorAll("mark[data-lines]")];
const lines = new Map([...document.querySelectorAll("[data-line]")].map((line) => [line.dataset.line, line]));
const light = (number, on) => {
  lines.get(number)?.classList.toggle("lit", on);
  marks.filter((m) => m.dataset.lines.split(" ").includes(number)).forEach((m) => m.classList.toggle("lit", on));
};
for (const [number, line] of lines) {
  line.addEventListener("mouseenter", () => light(number, true));
  line.addEventListener("mouseleave", () => light(number, false));
}
for (const mark of marks) {
  const numbers = mark.dataset.lines.split(" ");
  mark.addEventListener("mouseenter", () => numbers.forEach((n) => light(n, true)));
  mark.addEventListener("mouseleave", () => numbers.forEach((n) => light(n, false)));
  mark.addEventListener("click", () => lines.get(numbers[numbers.length - 1])?.scrollIntoView({ block: "nearest" }));
}

// Single keys can be switched off; speech and some keyboards press them by chance.
const keys = document.querySelector("[data-keys]");
const KEPT = "jitsuroku-keys-off";
try {
  keys.checked = localStorage.getItem(KEPT) === null;
} catch {
  keys.checked = true;
}
keys.addEventListener("change", () => {
  try {
    keys.checked ? localStorage.removeItem(KEPT) : localStorage.setItem(KEPT, "1");
  } catch { /* a browser that keeps nothing asks again next time */ }
});

// Keys: / searches, j and k walk through the lines, Escape closes. What else a key does stands on its button.
const items = [...document.querySelectorAll(".items > .item")];
let at = -1;
const walk = (to) => {
  at = Math.min(items.length - 1, Math.max(0, to));
  items.forEach((item, n) => item.classList.toggle("at", n === at));
  items[at].querySelector("a, summary, button")?.focus({ preventScroll: true });
  items[at].scrollIntoView({ block: "center" });
};
const press = (key) => {
  const name = `[data-press="${CSS.escape(key)}"]`;
  const found = items[at]?.querySelector(name) ?? document.querySelector(`[data-reviewed] ${name}, .chips ${name}, .done ${name}`);
  if (!found) return false;
  if (found.tagName === "SUMMARY") {
    found.parentElement.open = true;
    found.parentElement.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  } else {
    found.click();
  }
  return true;
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") cells.forEach((cell) => { cell.open = false; });
  if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("[data-key='/']")?.focus();
  } else if ((event.key === "j" || event.key === "k") && items.length) {
    walk(at + (event.key === "j" ? 1 : -1));
  } else if (!event.repeat && press(event.key)) {
    event.preventDefault();
  }
});
const asked = location.hash && items.findIndex((item) => `#${item.id}` === location.hash);
if (asked >= 0 && location.hash.startsWith("#i-")) walk(asked);

// Words that are selected in a page can be made a record's: the places of their first and last character are asked for.
const offer = document.querySelector("[data-write]");
const characters = (text) => [...text].length;
const place = (node, offset) => {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!block) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  const copy = before.cloneContents();
  copy.querySelectorAll("sup, small").forEach((mark) => mark.remove());
  return Number(block.dataset.start) + characters(copy.textContent);
};
if (offer) {
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const start = range && place(range.startContainer, range.startOffset);
    const end = range && place(range.endContainer, range.endOffset);
    offer.hidden = start === null || end === null || start >= end || !range;
    if (!offer.hidden) {
      const address = new URL(offer.dataset.write, location.href);
      address.searchParams.set("start", start);
      address.searchParams.set("end", end);
      offer.href = address.pathname + address.search;
    }
  });
}

// A reading under way is looked at again every second until it is over.
const watch = async () => {
  const run = document.querySelector("[data-watched]");
  if (!run) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#run");
    if (answer.ok && found) run.replaceWith(document.importNode(found, true));
  } catch { /* the desk is busy or closed: asked again */ }
  setTimeout(watch, 1000);
};
setTimeout(watch, 1000);
