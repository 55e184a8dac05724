// One lane as a card, one passage as a row. Pure: data in, elements out.

import { h, sign } from "./dom.js";
import * as words from "./words.js";

const decidable = (lane) => (lane.state === "referred" || lane.state === "refused") && lane.passage.id !== "";

function armOf(signals) {
  if (signals.unhinged === "on") return { words: "Arm unhinged", sign: "fault" };
  if (signals.closedLimit === "on" && signals.openLimit !== "on") return { words: "Arm closed", sign: "arm-closed" };
  if (signals.openLimit === "on" && signals.closedLimit !== "on") return { words: "Arm open", sign: "arm-open" };
  if (signals.openLimit === "off" && signals.closedLimit === "off") return { words: "Arm moving", sign: "arm-moving" };
  return { words: "Arm unknown", sign: "q" };
}

function plate(text, country) {
  if (!text) return h("span", { class: "noplate" }, "No plate read");
  return h("span", { class: "plate" }, country && h("b", {}, country), h("i", {}, text));
}

const shots = new Map();

/** A picture to click on. `home` says where it hangs: drawn again, it is the same element and loads no more. */
function shot(ref, open, home) {
  const key = home + " " + ref.camera + " " + ref.sha256;
  const name = `Picture of camera ${ref.camera}`;
  const made = shots.get(key) ?? h("button", { type: "button", class: "shot", title: name, "data-key": "shot" + ref.sha256, onclick: () => open(ref) },
    h("img", { src: "/api/pictures/" + ref.sha256, alt: name, loading: "lazy" }), h("span", {}, ref.camera));
  shots.delete(key);
  shots.set(key, made);
  if (shots.size > 300) shots.delete(shots.keys().next().value);
  return made;
}

function top(lane) {
  const state = words.states[lane.state];
  const arm = armOf(lane.signals);
  return h("div", { class: "top" },
    h("h3", {}, `${lane.lane} · ${words.directions[lane.direction]}`),
    h("p", { class: "state" }, sign(state.sign), state.words),
    h("div", { class: "devices" },
      h("span", {}, lane.lamp === "green" ? "Green" : "Red", h("i", { class: "lamp " + lane.lamp })),
      h("span", {}, arm.words, sign(arm.sign))));
}

function truck(lane) {
  const passage = lane.passage;
  const read = lane.plates.find((one) => one.plate === passage.plate);
  const fact = (name, value) => (value ? h("span", {}, name + " ", h("b", {}, value)) : null);
  return h("div", { class: "truck" },
    plate(passage.plate, read?.country),
    passage.containers.map((code) => h("span", { class: "code" }, words.spaced(code))),
    h("p", { class: "facts" },
      fact("Driver", passage.driverMask || "no badge"), fact("TAR", passage.tar),
      h("span", {}, "Here for ", h("b", { "data-since": passage.detected }, "")),
      passage.followUps.map((one) => fact("Follow-up", words.followUps[one])),
      passage.marks.map((one) => words.marks[one] && h("span", {}, h("b", {}, words.marks[one]))),
      lane.prompts.map((one) => h("span", {}, h("b", {}, words.prompts[one])))));
}

/** Not before the truck is read: what is missing by then is no reason yet. */
function why(lane) {
  if (lane.state === "gathering") return null;
  const facts = lane.passage.reasons.map((reason) => lane.explained.find((one) => one.reason === reason)).filter(Boolean);
  if (facts.length === 0) return null;
  return h("ul", { class: "why" }, facts.map((fact) => h("li", {}, fact.text,
    h("small", {}, h("span", {}, sign("phone"), words.contacts[fact.contact]),
      fact.persons === 2 && h("span", {}, sign("people"), "Two persons to override")))));
}

/** The characters of `other` that differ from `code` are marked, so that the eye finds them. */
function marked(code, other) {
  return [...other].map((c, i) => (c === code[i] ? c : h("mark", {}, c)));
}

function compared(code, other) {
  return marked(words.spaced(code), words.spaced(other));
}

function sure(read) {
  return h("b", { class: read.sure ? "good" : "warn" }, sign(read.sure ? "yes" : "q"),
    read.sure ? "sure" : `not sure: ${words.doubts[read.doubt]}`);
}

function containerRead(lane, read, acts) {
  const choices = decidable(lane) && !read.sure
    ? h("div", { class: "choose" },
        [read.code, ...read.alternatives].slice(0, 4).map((other) => h("button", { type: "button", "data-key": "alt" + other,
          "aria-label": `It is ${other}`, onclick: () => acts.correct(lane, { container: other, replaces: read.code }) },
          compared(read.code, other))),
        h("button", { type: "button", class: "words", "data-key": "type" + read.code,
          onclick: () => acts.typeContainer(lane, read) }, "Something else…"))
    : h("p", { class: "code" }, words.spaced(read.code));
  return h("div", {}, h("p", { class: "label" }, `Container ${read.sizeType}`, sure(read)), choices);
}

function plateRead(lane, read, acts) {
  return h("div", {}, h("p", { class: "label" }, "Plate", read ? sure(read) : h("b", { class: "warn" }, sign("q"), "not read")),
    read && h("p", { class: "code read-plate" }, read.plate),
    h("div", { class: "choose" },
      (read?.alternatives ?? []).slice(0, 3).map((other) => h("button", { type: "button", "data-key": "alt" + other,
        "aria-label": `It is ${other}`, onclick: () => acts.correct(lane, { plate: other }) }, marked(read.plate, other))),
      h("button", { type: "button", class: "words",
      "data-key": "plate", onclick: () => acts.typePlate(lane, read) }, read ? "Correct the plate…" : "Type the plate…")));
}

/** A picture that is not to be believed: nothing was read from it. */
function viewFault(fault) {
  return h("p", { class: "label" }, `Camera ${fault.camera}`, h("b", { class: "bad" }, sign("fault"), "picture not used"),
    h("span", {}, fault.what));
}

function sight(lane, acts) {
  const pictures = lane.passage.pictures;
  const unread = decidable(lane) && lane.reads.length === 0 && lane.direction === "exit";
  const faults = lane.viewFaults.map(viewFault);
  const reads = [
    lane.reads.map((read) => containerRead(lane, read, acts)),
    unread && h("div", { class: "choose" }, h("button", { type: "button", class: "words", "data-key": "container",
      onclick: () => acts.typeContainer(lane, null) }, "Type a container…")),
    decidable(lane) && !lane.plates[0]?.sure && plateRead(lane, lane.plates[0], acts)].flat().filter(Boolean);
  if (pictures.length + reads.length + faults.length === 0) return null;
  const side = reads.length > 0 && pictures.length > 0;
  return h("div", { class: side ? "sight" : "sight alone" }, faults,
    pictures.length > 0 && h("div", { class: "pictures" }, pictures.slice(0, decidable(lane) ? 3 : 2).map((ref) => shot(ref, acts.open, lane.lane))),
    reads.length > 0 && h("div", { class: "reads" }, reads));
}

/** The worst of each kind; by job only where there are several. */
function checkList(lane) {
  const order = ["fail", "unknown", "pass"];
  const several = new Set(lane.checks.map((check) => check.job).filter(Boolean)).size > 1;
  const worst = new Map();
  for (const check of lane.checks.filter((one) => order.includes(one.outcome))) {
    const name = words.checks[check.kind] + (several && check.job && check.outcome !== "pass" ? " " + check.job : "");
    const known = worst.get(name);
    if (!known || order.indexOf(check.outcome) < order.indexOf(known)) worst.set(name, check.outcome);
  }
  const made = [...worst].sort((a, b) => order.indexOf(a[1]) - order.indexOf(b[1]));
  if (made.length === 0) return null;
  return h("ul", { class: "checks", "aria-label": "Checks" }, made.map(([name, outcome]) => h("li", { class: outcome },
    sign(words.outcomes[outcome].sign), name, h("span", { class: "unseen" }, words.outcomes[outcome].words))));
}

function actions(lane, acts) {
  if (!decidable(lane)) return [];
  const two = lane.proposedBy && h("p", { class: "two" }, sign("people"),
    `${lane.proposedBy} wants to let it through. Another person must agree.`);
  const act = (action, tone, text) => h("button", { type: "button", class: tone, "data-key": action, onclick: () => acts.decide(lane, action) }, text);
  const referred = lane.state === "referred";
  return [two, h("div", { class: "acts" },
    act("grant", "go", lane.proposedBy ? "Agree" : "Let through"),
    referred && act("deny", "no", "Refuse"), referred && act("send_away", "plain", "Send away"))];
}

/** A grant that the platform would not have given. */
export function finding(one, acts) {
  return h("li", {},
    h("span", {}, words.dayAndTime(one.at)),
    h("span", { class: "code" }, words.spaced(one.equipmentNumber)),
    h("span", {}, one.plate || "–"),
    h("span", { class: "said" }, one.text),
    h("button", { type: "button", "data-key": "settle" + one.ulid, onclick: () => acts.settle(one) }, "Dealt with"));
}

/** acts: {correct, typeContainer, typePlate, decide, open, settle} */
export function card(lane, acts) {
  const here = lane.passage.id !== "";
  const trouble = lane.trouble && h("p", { class: "trouble", title: lane.trouble }, sign("fault"), h("span", {}, "Terminal IT: " + lane.trouble));
  return [top(lane), trouble,
    here ? [truck(lane), why(lane), sight(lane, acts), actions(lane, acts), checkList(lane)].flat()
         : h("p", { class: "rest" }, lane.state === "idle" ? "Nobody on the lane." : "No truck is known here."),
  ].flat().filter(Boolean);
}

export function row(passage, acts) {
  const decision = words.decisions[passage.decision];
  // Advice helps as long as it is not overtaken by somebody's decision.
  const texts = passage.explained.map(({ text }) => (passage.decision === "grant" ? text.split(". ")[0].replace(/\.?$/, ".") : text));
  const people = passage.operators.length ? [`Decided by ${passage.operators.join(" and ")}.`] : [];
  return h("tr", { "data-id": passage.id },
    h("td", {}, h("div", { class: "thumbs" }, passage.pictures.slice(0, 2).map((ref) => shot(ref, acts.open, passage.id)))),
    h("td", {}, words.clockTime(passage.detected)),
    h("td", {}, `${passage.lane} · ${words.directions[passage.direction]}`),
    h("td", {}, decision ? h("span", { class: "decision " + decision.tone }, sign(decision.sign), decision.words) : "–",
      passage.ending !== "passed" && h("div", { class: "hint" }, words.endings[passage.ending])),
    h("td", {}, passage.plate || "–"),
    h("td", {}, passage.containers.map((code) => h("div", { class: "code" }, words.spaced(code)))),
    h("td", {}, passage.driverMask || "–"),
    h("td", { class: "reason" }, [...texts, ...people].join(" ") || (passage.verdictMs !== undefined ? `In ${(passage.verdictMs / 1000).toFixed(1)} s` : "")));
}
