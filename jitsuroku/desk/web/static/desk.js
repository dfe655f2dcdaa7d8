// What looking needs beyond reading; every page works without it.

document.documentElement.classList.add("scripted");

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

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

// Keys: / searches, j and k walk through the lines, Escape closes.
const items = [...document.querySelectorAll(".items > .item")];
let at = -1;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") cells.forEach((cell) => { cell.open = false; });
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("[data-key='/']")?.focus();
  } else if ((event.key === "j" || event.key === "k") && items.length) {
    at = Math.min(items.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)));
    const link = items[at].querySelector("a");
    link?.focus({ preventScroll: true });
    items[at].scrollIntoView({ block: "center" });
  }
});
