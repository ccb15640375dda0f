/**
 * The console: sends what stands in the form and shows the answer part by part. Whatever the answer holds is written as text, never as markup, and
 * nothing is kept when the page is left.
 */

const examples = [
  {
    name: "Anybody: a public profile and its posts",
    query: `query Profile($handle: String!) {
  userByHandle(platform: "FACEBOOK", handle: $handle) {
    id
    displayName
    posts(first: 3) { nodes { id url body publishedAt } }
  }
}`,
    variables: { handle: "quiet.heron" },
  },
  {
    name: "Judge or provider: the warrants I may see",
    query: `query Warrants {
  warrants(first: 10) {
    nodes { id status kind categories expiresAt targets { kind value account { id handle } } }
  }
}`,
    variables: {},
  },
  {
    name: "Judge: identity data under a warrant",
    query: `query Identity($warrant: ID!, $user: ID!) @warrant(id: $warrant) {
  user(id: $user) {
    handle
    legalName
    email
    phone
    ipAddresses(first: 5) { nodes { address port seenAt } }
    sessions(first: 5) { nodes { address startedAt } }
    messages(first: 5) { nodes { sentAt body } }
  }
}`,
    variables: { warrant: "warrant-fr-quiet-heron", user: "u01" },
  },
  {
    name: "Judge: what would a warrant open? (dry run, nothing is fetched)",
    query: `query DryRun($warrant: ID!, $user: ID!) @warrant(id: $warrant, dryRun: true) {
  user(id: $user) {
    legalName
    ipAddresses(first: 5) { nodes { address } }
    sessions(first: 5) { nodes { address } }
    messages(first: 5) { nodes { body } }
  }
}`,
    variables: { warrant: "warrant-fr-quiet-heron", user: "u01" },
  },
  {
    name: "Anybody: what does the law say?",
    query: `query Law($question: Question!) {
  decide(question: $question) {
    code
    effect
    permitted
    reason
    rule { id summary }
    nextSteps { kind text }
    citations { title locator }
    ruleBook { version hash }
  }
}`,
    variables: {
      question: {
        requesting: "FR",
        authority: "JUDGE",
        providerCountry: "IE",
        platform: "FACEBOOK",
        category: "SUBSCRIBER",
        offenceCategory: "RACISM_XENOPHOBIA",
        maxCustodialYears: 1,
        committedOnline: true,
        solePurposeIdentification: true,
      },
    },
  },
  {
    name: "Auditor: who saw what, and under which rule",
    query: `query Log {
  accessLog(first: 10) {
    nodes {
      index
      recordedAt
      actor
      role
      operationName
      outcome
      warrant { id }
      subject { id handle }
      fields { field permitted code rule { id } }
    }
  }
}`,
    variables: {},
  },
];

const byId = (id) => document.getElementById(id);
const form = byId("request");
const token = byId("token");
const example = byId("example");
const query = byId("query");
const variables = byId("variables");
const run = byId("run");
const answer = byId("answer");

function element(name, { text, className } = {}, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  made.append(...children);
  return made;
}

function part(title, ...children) {
  return element("section", {}, element("h2", { text: title }), ...children);
}

const pathText = (path) => path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");

function withheldItem({ decision, paths }) {
  const { code, category, effect, rule, reason } = decision;
  const facts = [code, category, effect, rule ?? "no rule"].join(" · ");
  return element(
    "li",
    { className: code === "HELD" ? "held" : "withheld" },
    element("div", { className: "path", text: paths.map(pathText).join(", ") }),
    element("p", { text: reason }),
    element("p", { className: "hint", text: facts }),
  );
}

function permittedItem({ field, category, paths }) {
  return element(
    "li",
    { className: "permitted" },
    element("div", { className: "path", text: paths.map(pathText).join(", ") }),
    element("p", { className: "hint", text: `${field} · ${category}` }),
  );
}

function errorItem({ message, path, extensions }) {
  return element(
    "li",
    { className: "withheld" },
    element("div", { className: "path", text: path ? pathText(path) : "the whole request" }),
    element("p", { text: message }),
    element("p", { className: "hint", text: extensions?.code ?? "" }),
  );
}

function receiptItem(receipt) {
  const { leafHash, writer, batch, ordinal } = receipt;
  return element(
    "li",
    {},
    element("div", { className: "path", text: leafHash }),
    element("p", { className: "hint", text: `batch ${batch}, place ${ordinal}, written by ${String(writer).slice(0, 16)}…` }),
  );
}

function list(items) {
  return element("ul", {}, ...items);
}

function show({ status, body, milliseconds }) {
  const { data, errors = [], extensions } = body;
  const disclosure = extensions?.disclosure;
  const other = errors.filter((error) => error.extensions?.code !== "UNAUTHORIZED_FIELD_OR_TYPE");
  const good = status === 200 && other.length === 0;
  say(`${status} ${good ? "answered" : "answered with errors"} in ${milliseconds} ms`, good);
  const parts = [];
  if (other.length > 0) parts.push(part("Errors", list(other.map(errorItem))));
  if (data !== undefined) parts.push(part("Data", element("pre", { text: JSON.stringify(data, null, 2) })));
  if (disclosure?.withheld.length > 0) parts.push(part("Withheld", list(disclosure.withheld.map(withheldItem))));
  if (disclosure?.permitted?.length > 0) parts.push(part("Would be permitted", list(disclosure.permitted.map(permittedItem))));
  if (disclosure?.receipts.length > 0) parts.push(part("Receipts: what the log promises to keep", list(disclosure.receipts.map(receiptItem))));
  if (disclosure) parts.push(part("Operation", element("p", { className: "path", text: disclosure.operationId })));
  byId("parts").replaceChildren(...parts);
}

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

async function ask() {
  let values;
  try {
    values = variables.value.trim() === "" ? {} : JSON.parse(variables.value);
  } catch (fault) {
    showFailure(`The variables are not JSON: ${fault.message}`);
    variables.focus();
    return;
  }
  run.disabled = true;
  answer.setAttribute("aria-busy", "true");
  const began = performance.now();
  try {
    const response = await fetch("graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token.value.trim()}` },
      body: JSON.stringify({ query: query.value, variables: values }),
      credentials: "omit",
    });
    const body = await response.json();
    show({ status: response.status, body, milliseconds: Math.round(performance.now() - began) });
  } catch (fault) {
    showFailure(`The gateway did not answer: ${fault.message}`);
  } finally {
    run.disabled = false;
    answer.setAttribute("aria-busy", "false");
  }
}

function takeExample() {
  const chosen = examples[example.selectedIndex];
  query.value = chosen.query;
  variables.value = JSON.stringify(chosen.variables, null, 2);
}

example.append(...examples.map(({ name }) => element("option", { text: name })));
example.addEventListener("change", takeExample);
token.addEventListener("input", showBearer);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
takeExample();
