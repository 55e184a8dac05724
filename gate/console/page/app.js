// The operator's page: listens to the live events and keeps what is shown in step with them.

import { card, finding, row } from "./cards.js";
import * as decide from "./decide.js";
import { $, fill, h, sign } from "./dom.js";
import * as words from "./words.js";

const rows = 12;
const lanes = new Map();
const passages = new Map();
let clockAhead = 0;  // the gate's clock minus ours, in ms
const acts = {
  correct: decide.correct, typeContainer: decide.typeContainer, typePlate: decide.typePlate,
  decide: decide.decide, open: decide.openPicture,
  settle: (one) => decide.settle(one, fetchFindings),
};

function place(name) {
  const known = document.getElementById("lane-" + name);
  if (known) return known;
  const made = h("article", { id: "lane-" + name, class: "lane", tabindex: "-1", "aria-label": "Lane " + name });
  const after = [...$("#lanes").children].find((other) => other.id.localeCompare(made.id, "en", { numeric: true }) > 0);
  $("#lanes").insertBefore(made, after ?? null);
  return made;
}

function showLane(lane) {
  const before = lanes.get(lane.lane);
  lanes.set(lane.lane, lane);
  const article = place(lane.lane);
  article.className = "lane " + words.states[lane.state].tone;
  fill(article, card(lane, acts));
  tick();
  if (before && before.state !== lane.state && ["referred", "refused", "faulted"].includes(lane.state)) {
    const facts = lane.explained.filter((fact) => lane.passage.reasons.includes(fact.reason)).map((fact) => fact.text);
    $("#news").textContent = `Lane ${lane.lane}: ${words.states[lane.state].words}. ${facts.join(" ")}`;
  }
  showWaiting();
}

function showWaiting() {
  const waiting = [...lanes.values()].filter((lane) => lane.state === "referred").map((lane) => lane.lane).sort();
  document.title = (waiting.length ? `(${waiting.length}) ` : "") + "Gatehouse";
  fill($("#waiting"), waiting.map((name) => h("button", { type: "button", "data-key": "wait" + name, onclick: () => jump(place(name)) },
    sign("ask"), name)));
}

function jump(lane) {
  lane.scrollIntoView({ block: "nearest" });
  ($(".choose button, .acts button", lane) ?? lane).focus({ preventScroll: true });
}

function showPassages() {
  const latest = [...passages.values()].filter((one) => one.decision || one.ending !== "open")
    .sort((a, b) => (a.detected < b.detected ? 1 : -1));
  const kept = new Set([...latest.slice(0, rows).map((one) => one.id), ...[...lanes.values()].map((one) => one.passage.id)]);
  for (const id of passages.keys()) if (!kept.has(id)) passages.delete(id);
  fill($("#passages"), latest.length ? latest.slice(0, rows).map((one) => row(one, acts))
    : h("tr", {}, h("td", { colspan: "8", class: "empty" }, "None yet.")));
}

// The platform's own announcement; the gate decides as ever.
function maintenance(status, item) {
  const planned = status.link.maintenance;
  if (!planned || Date.parse(planned.until) < Date.parse(status.now)) return null;
  const clock = (time) => new Date(time).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
  return item("Platform maintenance", `${clock(planned.from)} to ${clock(planned.until)}: ${planned.text}`, "warn", "q");
}

function showLink(status) {
  clockAhead = Date.parse(status.now) - Date.now();
  $("#site").textContent = status.site;
  const item = (name, value, tone, icon) =>
    h("div", {}, h("dt", {}, name), h("dd", { class: tone ?? "" }, icon && sign(icon), value));
  const mode = words.modes[status.mode];
  const link = words.links[status.link.link];
  const asOf = status.link.standing.dataAsOf;
  const parked = status.link.parkedIn + status.link.parkedOut;
  fill($("#link"),
    item("Mode", mode.words + (status.link.standing.reconciling ? ", reconciling" : ""), mode.tone, mode.sign),
    item("Platform", link.words, link.tone, link.sign),
    item("Age of the data", asOf ? h("span", { "data-since": asOf }) : "no data", asOf ? "" : "bad"),
    item("Waiting to be sent", String(status.link.outbox)),
    status.link.findings > 0 && item("Found after the outage", String(status.link.findings), "warn", "q"),
    parked > 0 && item("Set aside", String(parked), "warn", "q"),
    maintenance(status, item),
    status.link.journalSound === false && item("Journal", "damaged: restore it", "bad", "fault"),
    status.link.journalTold === false && item("Journal", "put back: the platform has to say what was used", "bad", "fault"),
    !status.clockTrusted && item("Clock", "not trusted", "bad", "fault"));
  if (status.link.findings > 0 || !$("#found").hidden) fetchFindings();
  tick();
}

function tick() {
  const now = Date.now() + clockAhead;
  for (const element of document.querySelectorAll("[data-since]")) {
    const text = words.ageWords(now - Date.parse(element.dataset.since));
    if (element.textContent !== text) element.textContent = text;
  }
}

function lost(yes) {
  $("#lost").hidden = !yes;
  document.body.classList.toggle("lost", yes);
}

async function fetchPassages() {
  const answer = await fetch("/api/passages?limit=" + rows);
  if (!answer.ok) return;
  for (const passage of await answer.json()) passages.set(passage.id, passage);
  showPassages();
}

async function fetchFindings() {
  const answer = await fetch("/api/findings?limit=" + rows);
  if (!answer.ok) return;
  const { total, findings } = await answer.json();
  $("#found").hidden = total === 0;
  fill($("#findings"), findings.map((one) => finding(one, acts)),
    total > findings.length && h("li", { class: "hint" }, `and ${total - findings.length} more`));
}

function listen() {
  const live = new EventSource("/api/live");
  live.addEventListener("open", () => {
    lost(false);
    fetchPassages();
  });
  live.addEventListener("error", () => {
    lost(true);
    if (live.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
  live.addEventListener("lane", (event) => showLane(JSON.parse(event.data)));
  live.addEventListener("link", (event) => showLink(JSON.parse(event.data)));
  live.addEventListener("passage", (event) => {
    const passage = JSON.parse(event.data);
    passages.set(passage.id, passage);
    showPassages();
  });
}

// 1 to 9 jump to a lane.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea, dialog")) return;
  const lane = /^[1-9]$/.test(event.key) && $("#lanes").children[Number(event.key) - 1];
  if (lane) jump(lane);
});

setInterval(tick, 1000);
decide.start();
listen();
