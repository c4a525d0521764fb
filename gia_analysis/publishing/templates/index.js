(() => {
"use strict";
// An agency: name, pinyin, place, level, file of its trend or 0, its years, the latest first, its other names.
const NAME = 0, PINYIN = 1, PLACE = 2, LEVEL = 3, TREND = 4, YEARS = 5, OTHERS = 6;
// A year: year, file or report_id, form, whether the page failed, figures (numbers, or reasons as text), corrections as bits.
const YEAR = 0, FILE = 1, FORM = 2, FAILED = 3, REQUESTS = 4, RESULTS = 5, RATE = 6, LOW = 7, HIGH = 8, HARD = 9, OTHER = 10, MARKS = 11;
const data = JSON.parse(document.getElementById("data").textContent);
const chinese = document.documentElement.lang.startsWith("zh");
const say = (zh, en) => chinese ? zh : en;
const at = id => document.getElementById(id);
const ROWS = 30;
const sorted = {name: null, year: YEAR, requests: REQUESTS, results: RESULTS, rate: RATE, checks: HARD};
const fields = ["find", "region", "level", "year", "checks", "trend"];
const standard = {find: "", region: "", level: "", year: "", checks: "", trend: "rate", sort: "", page: "1"};
let state = {...standard}, found = [];

const fold = text => text.normalize("NFKC").toLowerCase();
for (const each of data.agencies) {
  const syllables = each[PINYIN].split(" ");
  each.folded = [each[NAME], ...each[OTHERS]].map(name => fold(name).replace(/\s+/g, "")).join("\n");
  each.initials = syllables.map(one => one[0] || "").join("");
  each.spelled = syllables.join("");
  each.starts = [];
  let start = 0;
  for (const one of syllables) { each.starts.push(start); start += one.length; }
}

function rank(agency, word) {
  const place = agency.folded.indexOf(word);
  if (place >= 0) return place === 0 ? 0 : 1;
  if (agency.initials.startsWith(word)) return 2;
  if (agency.spelled.startsWith(word)) return 3;
  if (agency.initials.includes(word)) return 4;
  for (let start = agency.spelled.indexOf(word); start >= 0; start = agency.spelled.indexOf(word, start + 1))
    if (agency.starts.includes(start)) return 5;
  return -1;
}

function matches(agency, year) {
  const place = data.places[agency[PLACE]];
  if (state.region && (state.region === "?" ? place : !place || !place.includes(state.region, 1))) return false;
  if (state.level && (state.level === "?" ? agency[LEVEL] >= 0 : agency[LEVEL] !== +state.level)) return false;
  if (!state.checks) return true;
  const known = typeof year[HARD] === "number";
  return state.checks === "?" ? !known : known && (state.checks === "fail") === year[HARD] > 0;
}

function select() {
  const words = fold(state.find).split(/[\s']+/).filter(Boolean);
  const wanted = state.year && +state.year;
  found = [];
  for (const agency of data.agencies) {
    const year = wanted ? agency[YEARS].find(each => each[YEAR] === wanted) : agency[YEARS][0];
    if (!year || !matches(agency, year)) continue;
    let worst = 0;
    for (const word of words) {
      const each = rank(agency, word);
      worst = each < 0 || worst < 0 ? -1 : Math.max(worst, each);
    }
    if (worst >= 0) found.push({agency, year, worst});
  }
  const [name, falling] = state.sort.split("-");
  const column = sorted[name];
  if (column !== undefined && column !== null) {
    const sign = falling ? -1 : 1;
    const value = row => typeof row.year[column] === "number" ? row.year[column] : null;
    found.sort((a, b) => {
      const x = value(a), y = value(b);
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (x - y || (column === HARD ? (+a.year[OTHER] || 0) - (+b.year[OTHER] || 0) : 0));
    });
  } else if (name === "name") {
    if (falling) found.reverse();
  } else if (words.length) found.sort((a, b) => a.worst - b.worst);
}

function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text !== null) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const parted = new Intl.NumberFormat("en-US", {maximumFractionDigits: 12});
const number = value => value >= 0 && value < 1000 && Number.isInteger(value) ? String(value) : parted.format(value);
const percent = tenths => (tenths / 10).toFixed(1);
const fileOf = year => year[FILE].includes(".") ? year[FILE] : `agency-${year[YEAR]}-${year[FILE]}.html`;

function figure(year, place, bit, text) {
  const cell = make("td", null, {class: "figure"});
  if (typeof year[place] === "string") {
    cell.append("—", make("small", data.reasons[+year[place]]));
  } else {
    cell.append(...text(year[place]));
    if (year[MARKS] >> bit & 1) cell.append(make("small", say("含更正的数字", "with a corrected figure")));
  }
  return cell;
}

function rate(year) {
  return figure(year, RATE, 2, value => {
    const parts = [percent(value)];
    if (typeof year[LOW] === "number") parts.push(make("small", `${percent(year[LOW])}–${percent(year[HIGH])}`));
    return parts;
  });
}

function failing(year) {
  return figure(year, HARD, 3, value => {
    const other = typeof year[OTHER] === "number" ? year[OTHER] : 0;
    return [make(value ? "strong" : "span", number(value), value ? {class: "error"} : {}), other ? ` + ${number(other)}` : ""];
  });
}

const SPACE = "http://www.w3.org/2000/svg";
function draw(tag, attributes) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const every = data.agencies.flatMap(each => each[YEARS].map(year => year[YEAR])).filter(Boolean);
const first = every.reduce((a, b) => Math.min(a, b), Infinity), last = every.reduce((a, b) => Math.max(a, b), -Infinity);

function spark(agency, chosen) {
  const rates = state.trend === "rate", column = rates ? RATE : REQUESTS;
  const years = agency[YEARS].filter(each => each[YEAR]).toReversed();
  const known = years.filter(each => typeof each[column] === "number");
  const name = rates ? say("公开率", "Disclosure rate") : say("新收申请", "New requests");
  const told = years.map(each => `${each[YEAR]} ${typeof each[column] !== "number" ? "—" : rates
    ? percent(each[column]) + " %" : number(each[column])}`).join(say("，", ", "));
  const svg = draw("svg", {viewBox: "0 0 120 30", class: "spark", role: "img", "aria-label": `${name}: ${told}`});
  const top = rates ? 1000 : Math.max(1, ...known.map(each => each[column]));
  const x = year => last > first ? 5 + 110 * (year - first) / (last - first) : 60;
  const y = value => 27 - 24 * Math.max(0, Math.min(value, top)) / top;
  svg.append(draw("line", {x1: 2, x2: 118, y1: 27, y2: 27, class: "base"}));
  years.forEach((each, place) => {
    const before = years[place - 1];
    const broken = before && data.breaks[before[FORM]] !== data.breaks[each[FORM]];
    const middle = before && (x(before[YEAR]) + x(each[YEAR])) / 2;
    if (broken) svg.append(draw("line", {x1: middle, x2: middle, y1: 2, y2: 27, class: "break"}));
    if (typeof each[column] !== "number") return;
    if (rates && typeof each[LOW] === "number")
      svg.append(draw("line", {x1: x(each[YEAR]), x2: x(each[YEAR]), y1: y(each[LOW]), y2: y(each[HIGH]), class: "range"}));
    if (before && !broken && each[YEAR] - before[YEAR] === 1 && typeof before[column] === "number")
      svg.append(draw("line", {x1: x(before[YEAR]), y1: y(before[column]), x2: x(each[YEAR]), y2: y(each[column]), class: "way"}));
  });
  for (const each of known)
    svg.append(draw("circle", {cx: x(each[YEAR]), cy: y(each[column]), r: each === chosen ? 3 : 1.8, class: "point"}));
  return svg;
}

function line({agency, year}) {
  const row = document.createElement("tr"), head = make("th", null, {scope: "row"}), when = make("td", String(year[YEAR] || "—"));
  const link = make("a", null, {href: fileOf(year)});
  link.append(make("bdi", agency[NAME]));
  head.append(link);
  if (year[FAILED]) head.append(" ", make("strong", say("（未能生成）", "(failed)"), {class: "error"}));
  if (agency[OTHERS].length) head.append(make("small", say("又名：", "also: ") + agency[OTHERS].join(say("、", ", "))));
  const place = data.places[agency[PLACE]];
  head.append(make("small", [place ? place[0] : say("地区未能确定", "region not known"),
    agency[LEVEL] >= 0 ? data.levels[agency[LEVEL]] : say("层级未能确定", "level not known")].join(" · ")));
  when.className = "year";
  when.append(make("small", year[FORM] >= 0 ? data.forms[year[FORM]] : say("表式不明", "form not known")));
  const chart = make("td", null, {class: "trend"});
  const around = make("div", null);
  around.append(spark(agency, year));
  chart.append(around);
  if (agency[TREND]) {
    const more = make("a", say("历年", "years"), {href: agency[TREND]});
    more.setAttribute("aria-label", say("历年：", "Over years: ") + agency[NAME]);
    around.append(more);
  }
  const count = (column, bit) => figure(year, column, bit, value => [number(value)]);
  row.append(head, when, count(REQUESTS, 0), count(RESULTS, 1), rate(year), failing(year), chart);
  // On a phone a row is no row of a table to the eye: its cells carry their heads, and say what they are.
  row.setAttribute("role", "row");
  [...row.cells].forEach((cell, place) => {
    cell.setAttribute("role", place ? "cell" : "rowheader");
    cell.dataset.head = heads[place].textContent;
  });
  return row;
}

const heads = document.querySelectorAll("#shown thead th");
function show() {
  const pages = Math.max(1, Math.ceil(found.length / ROWS));
  const page = Math.min(Math.max(1, +state.page || 1), pages), start = (page - 1) * ROWS;
  state.page = String(page);
  at("charted").textContent = state.trend === "rate" ? say("历年公开率", "Rate over years") : say("历年新收申请", "Requests over years");
  at("rows").replaceChildren(...found.slice(start, start + ROWS).map(line));
  const total = number(data.agencies.length), n = number(found.length);
  at("count").textContent = found.length ? say(`${total} 个机关中的 ${n} 个`, `${n} of ${total} agencies`)
    : say("没有符合条件的机关：可缩短名称，或放宽筛选。", "No agency fits: try a shorter name, or fewer conditions.");
  at("range").textContent = found.length ? `${number(start + 1)}–${number(Math.min(start + ROWS, found.length))} / ${n}` : "";
  at("back").disabled = page === 1;
  at("next").disabled = page === pages;
  const [name, falling] = (state.sort || (state.find ? "" : "name")).split("-");
  for (const head of document.querySelectorAll("th[data-sort]")) {
    if (head.dataset.sort === name) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
}

let waiting = 0;
function remember() {
  clearTimeout(waiting);
  waiting = setTimeout(keep, 150);
}

function keep() {
  const changed = Object.entries(state).filter(([name, value]) => value !== standard[name]);
  const hash = "#" + new URLSearchParams(changed);
  if (location.hash !== hash && (changed.length || location.hash)) history.replaceState(null, "", changed.length ? hash : "#");
}

function recall() {
  const given = new URLSearchParams(location.hash.slice(1));
  state = {...standard};
  for (const name of Object.keys(standard)) if (given.has(name)) state[name] = given.get(name);
  if (!Object.hasOwn(sorted, state.sort.split("-")[0])) state.sort = "";
  for (const name of fields) {
    at(name).value = state[name];
    if (at(name).value !== state[name]) at(name).value = state[name] = standard[name];
  }
}

function update(changed) {
  state = {...state, page: "1", ...changed};
  select();
  show();
  remember();
}

for (const name of fields) at(name).addEventListener("input", event => update({[name]: event.target.value}));
for (const head of document.querySelectorAll("th[data-sort]")) head.querySelector("button").addEventListener("click", () => {
  const name = head.dataset.sort, now = head.getAttribute("aria-sort");
  const falling = now ? now === "ascending" : name !== "name";
  update({sort: falling ? name + "-falling" : name});
});
const turn = step => { state.page = String(+state.page + step); show(); remember(); at("agencies").scrollIntoView(); };
at("back").addEventListener("click", () => turn(-1));
at("next").addEventListener("click", () => turn(1));
at("save").addEventListener("click", () => {
  const heads = chinese ? ["机关", "地区", "年度", "新收申请", "办理结果", "公开率 %", "区间下限 %", "区间上限 %", "不成立的核验（应当成立）", "不成立的核验（其他）", "页面"]
    : ["agency", "region", "year", "new requests", "results", "disclosure rate %", "low %", "high %", "failing checks (must hold)", "failing checks (others)", "page"];
  const plain = value => typeof value === "string" ? data.reasons[+value] : value;
  const rated = value => typeof value === "string" ? data.reasons[+value] : percent(value);
  gia.save([heads, ...found.map(({agency, year}) => [agency[NAME], data.places[agency[PLACE]]?.[0] ?? "", year[YEAR] || "",
    plain(year[REQUESTS]), plain(year[RESULTS]), rated(year[RATE]), rated(year[LOW]), rated(year[HIGH]), plain(year[HARD]),
    plain(year[OTHER]), fileOf(year)])], document.title);
});
addEventListener("hashchange", () => { recall(); select(); show(); });
at("save").setAttribute("aria-label", say("下载 CSV：筛选出的全部机关", "Download CSV: all agencies chosen"));
recall();
select();
show();
for (const id of ["finder", "count", "shown", "pager", "legend"]) at(id).hidden = false;
})();
