import { WrongCall } from "./wrong-call.js";

/** The name of the operator who answers for a call. Throws WrongCall where it is blank. */
export function readOperator(by: string): string {
  if (by.trim() === "") throw new WrongCall("--by is blank: expected the name of the operator who answers for this");
  return by.trim();
}
