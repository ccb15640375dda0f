import serializeModule from "canonicalize";

// The package declares a default export and assigns `module.exports`: under NodeNext its type is not that of its value.
const serialize = serializeModule as unknown as (value: unknown) => string | undefined;

/** An escape that JSON.stringify writes for half of a surrogate pair, and for nothing else. */
const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/**
 * The one byte sequence of a JSON value, so that two parties who hold the same value hash the same bytes. Encode it as UTF-8.
 * Members that are `undefined` are left out. Throws TypeError for what has no JSON form: undefined, a function, NaN, Infinity, half a surrogate pair.
 *
 * RFC 8785.
 */
export function canonicalJson(value: unknown): string {
  const text = serialized(value);
  if (text === undefined) throw new TypeError(`canonical JSON needs a JSON value, found ${typeof value}`);
  if (loneSurrogate.test(text))
    throw new TypeError("canonical JSON needs well-formed Unicode, found half of a surrogate pair");
  return text;
}

function serialized(value: unknown): string | undefined {
  try {
    return serialize(value);
  } catch (cause) {
    throw new TypeError("canonical JSON needs finite numbers and no cycle", { cause });
  }
}
