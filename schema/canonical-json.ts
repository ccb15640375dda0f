/**
 * The one byte sequence of a JSON value, so that two parties who hold the same value hash the same bytes. Encode it as UTF-8.
 * Members that are `undefined` are left out, in lists they are null, and what has a `toJSON` stands as that says. Throws TypeError for what has no JSON form:
 * undefined, a function, NaN, Infinity, half a surrogate pair, a value within itself.
 *
 * RFC 8785.
 */
export function canonicalJson(value: unknown): string {
  try {
    return write(value);
  } catch (cause) {
    if (cause instanceof RangeError) throw new TypeError("canonical JSON needs a value that ends", { cause });
    throw cause;
  }
}

function write(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON needs finite numbers, found ${value}`);
    // RFC 8785, 3.2.2.3: as ECMAScript writes it.
    return String(value);
  }
  if (typeof value !== "object") throw new TypeError(`canonical JSON needs a JSON value, found ${typeof value}`);
  if (Array.isArray(value)) return writeList(value);
  if ("toJSON" in value && typeof value.toJSON === "function") return write(value.toJSON());
  return writeObject(value as Record<string, unknown>);
}

function writeList(list: readonly unknown[]): string {
  let text = "[";
  for (let place = 0; place < list.length; place += 1) {
    if (place > 0) text += ",";
    text += write(list[place] ?? null);
  }
  return `${text}]`;
}

/** Members in the order of their names' UTF-16 code units (RFC 8785, 3.2.3), which is how `sort` compares. */
function writeObject(members: Readonly<Record<string, unknown>>): string {
  let text = "{";
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    if (text.length > 1) text += ",";
    text += `${quote(name)}:${write(member)}`;
  }
  return `${text}}`;
}

/** What stands between quotes as it is. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** RFC 8785, 3.2.2.2: as ECMAScript escapes it. */
function quote(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (!text.isWellFormed())
    throw new TypeError("canonical JSON needs well-formed Unicode, found half of a surrogate pair");
  return JSON.stringify(text);
}
