/** Shows an answer part by part. Whatever it holds is written as text, never as markup. */

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

function receiptItem({ leafHash, writer, batch, ordinal }) {
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

/** A file of the very bytes that came: `rogatory verify-answer` checks its seal. */
function savedAs({ operationId }, text) {
  const link = element("a", { className: "save", text: "Save the sealed answer" });
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `answer-${operationId}.json`;
  return part(
    "Sealed",
    link,
    element("p", { className: "hint", text: "For the file of the case: “rogatory verify-answer FILE” checks it offline. It holds what was disclosed." }),
  );
}

/** Errors that are not told among what was withheld already. */
export function otherErrors({ errors = [] }) {
  return errors.filter((error) => error.extensions?.code !== "UNAUTHORIZED_FIELD_OR_TYPE");
}

/** The parts of an answer. `text`: as it came. */
export function partsOf(body, text) {
  const { data, extensions } = body;
  const disclosure = extensions?.disclosure;
  const other = otherErrors(body);
  const parts = [];
  if (other.length > 0) parts.push(part("Errors", list(other.map(errorItem))));
  if (data !== undefined) parts.push(part("Data", element("pre", { text: JSON.stringify(data, null, 2) })));
  if (disclosure?.withheld.length > 0) parts.push(part("Withheld", list(disclosure.withheld.map(withheldItem))));
  if (disclosure?.permitted?.length > 0) parts.push(part("Would be permitted", list(disclosure.permitted.map(permittedItem))));
  if (disclosure?.receipts.length > 0) parts.push(part("Receipts: what the log promises to keep", list(disclosure.receipts.map(receiptItem))));
  if (disclosure?.sealed) parts.push(savedAs(disclosure, text));
  if (disclosure) parts.push(part("Operation", element("p", { className: "path", text: disclosure.operationId })));
  return parts;
}

/** One event of a stream. */
export function eventOf(body, at) {
  const other = otherErrors(body);
  return element(
    "li",
    { className: other.length > 0 ? "withheld" : "" },
    element("p", { className: "hint", text: at.toLocaleTimeString() }),
    ...other.map(({ message }) => element("p", { text: message })),
    element("pre", { text: JSON.stringify(body.data, null, 2) }),
  );
}
