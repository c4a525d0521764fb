(() => {
"use strict";
const chinese = document.documentElement.lang.startsWith("zh");
const risky = /^(?:'|[=+\-@\t\r\n＝＋－＠][\s\S])/;
const numeral = /^[+-](?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?%?$/;
const guard = text => risky.test(text) && !numeral.test(text) ? "'" + text : text;
const quote = text => /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

function fileName(text) {
  const plain = text.normalize("NFC").replace(/[\p{C}\p{Z}\\/:*?"<>|.#%&{}$!'`@+=~]+/gu, " ").trim();
  const short = [...plain].slice(0, 70).join("").trim() || "table";
  return (reserved.test(short) ? "_" + short : short) + ".csv";
}

function save(rows, name) {
  const text = "\ufeff" + rows.map(row => row.map(cell => quote(guard(String(cell)))).join(",")).join("\n") + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], {type: "text/csv;charset=utf-8"}));
  link.download = fileName(name);
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

const shown = cell => cell ? cell.textContent.trim().replace(/\s+/g, " ") : "";

function exact(cell) {
  if (shown(cell) === "—") return "";
  const figures = cell ? cell.querySelectorAll("data") : [];
  return figures.length === 1 ? figures[0].getAttribute("value") : null;
}

function grid(table) {
  const rows = [...table.rows].map(row => [...row.cells].flatMap(cell => [cell, ...Array(cell.colSpan - 1).fill(null)]));
  const heads = table.tHead ? table.tHead.rows.length : 0;
  const width = Math.max(0, ...rows.map(row => row.length));
  const columns = [];
  for (let place = 0; place < width; place++) {
    const cells = rows.slice(heads).map(row => row[place]);
    const values = cells.map(exact);
    const head = rows.slice(0, heads).map(row => shown(row[place]));
    columns.push([...head, ...cells.map((cell, row) => values[row] ?? shown(cell))]);
    const differs = (cell, row) => values[row] !== null && shown(cell).replaceAll(",", "") !== (values[row] || "—");
    if (cells.some(differs))
      columns.push([...head.map(text => text + (chinese ? "（如页面所示）" : " (as shown)")), ...cells.map(shown)]);
  }
  return rows.map((_, row) => columns.map(column => column[row]));
}

function offer(table) {
  const caption = shown(table.caption);
  const holder = table.closest(".table") || table;
  const around = document.createElement("div"), button = document.createElement("button");
  around.className = "with-csv";
  button.type = "button";
  button.className = "csv";
  button.textContent = "CSV";
  button.setAttribute("aria-label", (chinese ? "下载 CSV：" : "Download CSV: ") + caption);
  button.addEventListener("click", () => save(grid(table), caption + " " + document.title));
  holder.before(around);
  around.append(holder, button);
}

function focusable() {
  for (const box of document.querySelectorAll(".table, figure.chart")) {
    const wide = box.scrollWidth > box.clientWidth;
    const name = box.querySelector("caption")?.textContent || box.querySelector("svg")?.getAttribute("aria-label") || "";
    if (wide) { box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", name.slice(0, 80)); }
    else { box.removeAttribute("tabindex"); box.removeAttribute("role"); box.removeAttribute("aria-label"); }
  }
}

function unfold() {
  let named = null;
  try { named = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
  const folded = named?.closest("details:not([open])");
  if (folded) { folded.open = true; named.scrollIntoView(); }
}

globalThis.gia = {save};
for (const table of document.querySelectorAll("main table")) if (table.caption && !table.dataset.own) offer(table);
focusable();
addEventListener("resize", focusable);
document.addEventListener("toggle", focusable, true);
unfold();
addEventListener("hashchange", unfold);
})();
