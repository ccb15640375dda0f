/** Whether two values that were read from JSON say the same, whatever the order of their members. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) return sameList(one, other);
  let members = 0;
  for (const name in one) {
    if (!Object.hasOwn(other, name)) return false;
    if (!sameJson((one as Members)[name], (other as Members)[name])) return false;
    members += 1;
  }
  for (const _ in other) members -= 1;
  return members === 0;
}

type Members = Readonly<Record<string, unknown>>;

function sameList(one: object, other: object): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  for (let place = 0; place < one.length; place += 1) if (!sameJson(one[place], other[place])) return false;
  return true;
}
