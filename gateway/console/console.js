/** The console: sends what stands in the form and shows what comes. Nothing is kept when the page is left. */
import { readEvents } from "./events.js";
import { examples } from "./examples.js";
import { eventOf, otherErrors, partsOf } from "./show.js";

const byId = (id) => document.getElementById(id);
const form = byId("request");
const token = byId("token");
const example = byId("example");
const query = byId("query");
const variables = byId("variables");
const run = byId("run");
const answer = byId("answer");

function say(sentence, good) {
  const outcome = byId("outcome");
  outcome.textContent = sentence;
  outcome.className = good === undefined ? "outcome" : `outcome ${good ? "good" : "bad"}`;
}

function showFailure(sentence) {
  byId("parts").replaceChildren();
  say(sentence, false);
}

/** What the token says of its bearer; the gateway decides whether it is good. */
function showBearer() {
  const bearer = byId("bearer");
  const claims = readClaims(token.value.trim());
  if (claims === null) {
    bearer.textContent = token.value.trim() === "" ? "Paste a token; it stays in this page and is forgotten with it." : "This does not look like a token.";
    return;
  }
  const { sub, role, country, authority, platform, exp } = claims;
  const until = typeof exp === "number" ? `until ${new Date(exp * 1000).toISOString()}` : undefined;
  bearer.textContent = [role, country, authority, platform, sub, until].filter(Boolean).join(" · ");
}

function readClaims(jwt) {
  try {
    const bytes = Uint8Array.from(atob(jwt.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** Milliseconds before a stream that broke off is taken up again where it ended, and how many of its events stay on the page. */
const pause = 2000;
const keptEvents = 100;
/** Ends what runs; null: nothing does. */
let running = null;

async function ask() {
  let values;
  try {
    values = variables.value.trim() === "" ? {} : JSON.parse(variables.value);
  } catch (fault) {
    showFailure(`The variables are not JSON: ${fault.message}`);
    variables.focus();
    return;
  }
  const end = new AbortController();
  begin(end);
  const request = { query: query.value, variables: values, signal: end.signal };
  try {
    await (isSubscription(query.value) ? follow(request) : answerOnce(request));
  } catch (fault) {
    if (end.signal.aborted) say("Stopped.");
    else showFailure(`The gateway did not answer: ${fault.message}`);
  } finally {
    begin(null);
  }
}

function begin(end) {
  running = end;
  run.textContent = end === null ? "Run" : "Stop";
  answer.setAttribute("aria-busy", String(end !== null));
}

function isSubscription(text) {
  return /(^|[}\s])subscription\b/.test(text.replace(/#[^\n]*|"(?:[^"\\\n]|\\.)*"/g, ""));
}

function send({ query, variables, signal }, headers) {
  return fetch("graphql", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token.value.trim()}`, ...headers },
    body: JSON.stringify({ query, variables }),
    credentials: "omit",
    signal,
  });
}

async function answerOnce(request) {
  const began = performance.now();
  const response = await send(request, {});
  show(response.status, await response.text(), ` in ${Math.round(performance.now() - began)} ms`);
}

function show(status, text, when) {
  const body = JSON.parse(text);
  const good = status === 200 && otherErrors(body).length === 0;
  say(`${status} ${good ? "answered" : "answered with errors"}${when}`, good);
  byId("parts").replaceChildren(...partsOf(body, text));
}

/** Follows a stream until it is stopped or complete; where it breaks off, it goes on from the last event. */
async function follow(request) {
  const events = document.createElement("ul");
  byId("parts").replaceChildren(events);
  say("Waiting for what happens next …");
  for (let last = null; ; await new Promise((resolve) => setTimeout(resolve, pause))) {
    request.signal.throwIfAborted();
    const response = await send(request, { accept: "text/event-stream", ...(last !== null && { "last-event-id": last }) });
    if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
      const text = await response.text();
      return show(response.status, text, "");
    }
    try {
      for await (const { name, id, data } of readEvents(response.body)) {
        if (name === "complete") return say("The stream is complete.", true);
        if (id !== null) last = id;
        if (name !== "next") continue;
        events.prepend(eventOf(JSON.parse(data), new Date()));
        while (events.children.length > keptEvents) events.lastChild.remove();
        say(`${events.children.length} event${events.children.length === 1 ? "" : "s"}, the newest first`, true);
      }
    } catch (fault) {
      request.signal.throwIfAborted();
      say(`The stream broke off (${fault.message}); it is taken up again …`);
    }
  }
}

function takeExample() {
  const chosen = examples[example.selectedIndex];
  query.value = chosen.query;
  variables.value = JSON.stringify(chosen.variables, null, 2);
}

example.append(
  ...examples.map(({ name }) => {
    const option = document.createElement("option");
    option.textContent = name;
    return option;
  }),
);
example.addEventListener("change", takeExample);
token.addEventListener("input", showBearer);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (running === null) ask();
  else running.abort();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
takeExample();
