/** No token, or one that is not good: the sentence says which part and why. Answered with 401; nobody is ever treated as anonymous. */
export class Unauthenticated extends Error {
  override readonly name = "Unauthenticated";
}
