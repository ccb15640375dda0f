/**
 * The first object key that stands twice in a valid JSON text, or null. Two readers of one text must not see two different requests (RFC 8259, 4: names
 * should be unique). The text must have passed JSON.parse.
 */
export function findDuplicateKey(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;
  let mayBeKey = false;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const token = match[0];
    const object = open.at(-1) ?? null;
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (mayBeKey && object !== null && token.startsWith('"')) {
      const key = JSON.parse(token) as string;
      if (object.has(key)) return key;
      object.add(key);
    }
    mayBeKey = token === "{" || token === ",";
  }
  return null;
}
