// What an operator does: sign in, correct a read, grant, refuse, send away.

import { $, h } from "./dom.js";
import { overrideReasons, spaced } from "./words.js";

const signIn = $("#sign-in");
const dialog = $("#decide");
let person = null;
let afterSignIn = null;
let submit = null;

const headers = () => ({ Authorization: "Bearer " + sessionStorage.getItem("token"), "Content-Type": "application/json" });

export function notice(text) {
  const place = $("#notice");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => (place.hidden = true), 6000);
}

function complain(within, text) {
  const place = $(".wrong", within);
  place.textContent = text;
  place.hidden = text === "";
}

function showPerson() {
  $("#person").textContent = person ? `${person.name} · ${person.role} – sign out` : "Sign in";
}

async function check(token) {
  const answer = await fetch("/api/person", { headers: { Authorization: "Bearer " + token } });
  return answer.ok ? answer.json() : null;
}

/** Runs `then` once somebody has signed in; at once where somebody has. */
function asPerson(then) {
  if (person) return then();
  afterSignIn = then;
  complain(signIn, "");
  signIn.showModal();
}

async function send(lane, decision) {
  const body = JSON.stringify({ passage: lane.passage.id, revision: lane.revision, ...decision });
  try {
    const answer = await fetch(`/api/lanes/${lane.lane}/decisions`, { method: "POST", headers: headers(), body });
    const said = await answer.json();
    if (answer.status === 401) signOut();
    if (!answer.ok) return said.what;
    notice(said.answer === "accepted" ? `${lane.lane}: done.` : `${lane.lane}: kept. A second person must agree.`);
    return "";
  } catch {
    return "The gate did not answer. Look at the lane before you try again.";
  }
}

const titles = {
  grant: ["Let it through", "The arm opens for this truck.", "Let through"],
  deny: ["Refuse", "The driver is told to leave the lane.", "Refuse"],
  send_away: ["Send away", "Ends without a verdict; the truck leaves the way it came.", "Send away"],
};

function ask({ title, what, button, read, why, two, then }) {
  $("h2", dialog).textContent = title;
  $("#decide-what").textContent = what;
  $("#decide-read").hidden = read === undefined;
  $("#read").value = read ?? "";
  $("#read").required = read !== undefined;
  $("#decide-why").hidden = !why;
  $("#words").value = "";
  $(".two", dialog).hidden = !two;
  $(".two span", dialog).textContent = two ?? "";
  $("button[type=submit]", dialog).textContent = button;
  complain(dialog, "");
  submit = then;
  dialog.showModal();
}

export function decide(lane, action) {
  asPerson(() => {
    const [title, what, button] = titles[action];
    const others = lane.proposedBy && lane.proposedBy !== person.name;
    const two = action !== "grant" || lane.persons !== 2 ? undefined
      : others ? `${lane.proposedBy} wants this already. With you it is done.`
      : "This takes two persons. Yours is the first; another must agree at another desk.";
    ask({ title: `${lane.lane}: ${title}`, what, button, why: true, two,
      then: () => {
        const reason = $("#reason").value;
        const text = $("#words").value.trim();
        if (reason === "other" && text === "") return "Say it in words, please.";
        return send(lane, { action, reason, text });
      } });
  });
}

export function correct(lane, reads) {
  asPerson(async () => {
    const wrong = await send(lane, { action: "correct", ...reads });
    if (wrong) notice(wrong);
  });
}

export function typeContainer(lane, read) {
  asPerson(() => ask({ title: `${lane.lane}: container`, what: read ? `Read as ${spaced(read.code)}. It is verified again.` : "No code was read.",
    button: "Correct", read: read ? read.code : "",
    then: () => send(lane, { action: "correct", container: $("#read").value.trim(), ...(read && { replaces: read.code }) }) }));
}

export function typePlate(lane, read) {
  asPerson(() => ask({ title: `${lane.lane}: plate`, what: read ? `Read as ${read.plate}. It is verified again.` : "No plate was read.",
    button: "Correct", read: read ? read.plate : "", then: () => send(lane, { action: "correct", plate: $("#read").value.trim() }) }));
}

/** `then` once it is on the record. */
export function settle(finding, then) {
  asPerson(() => ask({ title: `${spaced(finding.equipmentNumber)}: dealt with`, what: finding.text, button: "Dealt with",
    then: async () => {
      try {
        const answer = await fetch("/api/findings/" + finding.ulid, { method: "POST", headers: headers() });
        if (answer.status === 401) signOut();
        if (!answer.ok && answer.status !== 404) return (await answer.json()).what;  // 404: somebody else was faster
        notice(`${spaced(finding.equipmentNumber)}: on the record.`);
        then();
        return "";
      } catch {
        return "The gate did not answer. Try again.";
      }
    } }));
}

export function openPicture(ref) {
  const image = $("#picture img");
  image.src = "/api/pictures/" + ref.sha256;
  image.alt = `Picture of camera ${ref.camera}`;
  $("#picture").showModal();
}

function signOut() {
  sessionStorage.removeItem("token");
  person = null;
  showPerson();
}

async function trySignIn(event) {
  event.preventDefault();
  const token = $("#token").value.trim();
  const found = await check(token).catch(() => null);
  if (!found) return complain(signIn, "This token is not known.");
  sessionStorage.setItem("token", token);
  person = found;
  $("#token").value = "";
  showPerson();
  signIn.close();
  const then = afterSignIn;
  afterSignIn = null;
  then?.();
}

async function trySubmit(event) {
  event.preventDefault();
  const button = $("button[type=submit]", dialog);
  button.disabled = true;
  const wrong = await submit();
  button.disabled = false;
  if (wrong) complain(dialog, wrong);
  else dialog.close();
}

export async function start() {
  $("#reason").append(...Object.entries(overrideReasons).map(([value, text]) => h("option", { value }, text)));
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  $("form", signIn).addEventListener("submit", trySignIn);
  $("form", dialog).addEventListener("submit", trySubmit);
  signIn.addEventListener("close", () => { $("#token").value = ""; });
  $("#person").addEventListener("click", () => {
    if (person) return signOut();
    afterSignIn = null;
    complain(signIn, "");
    signIn.showModal();
  });
  const token = sessionStorage.getItem("token");
  person = token ? await check(token).catch(() => null) : null;
  showPerson();
}
