import { describe, expect, test } from "@jest/globals";
import { composeSupergraph } from "../../schema/identity/compose-supergraph.js";
import { federationHeader } from "../../schema/identity/identity-spec.js";

const header = federationHeader.replace('"@key"', '"@key", "@interfaceObject"');
const whole = `${header}
  type Query { machines: [Machine!]! }
  interface Machine @key(fields: "id") { id: ID! maker: String weight: Int }
  type Crane implements Machine @key(fields: "id") { id: ID! maker: String weight: Int }`;

/** What the supergraph says of the fields of Machine. */
function machineWith(held: string): string {
  const composed = composeSupergraph([
    { name: "yard", sdl: whole },
    { name: "plates", sdl: `${header}\n${held}` },
  ]);
  if ("errors" in composed) throw new Error(composed.errors.map(({ message }) => message).join("\n"));
  return /\ninterface Machine [^{]*{\n([^}]*)}/.exec(composed.supergraphSdl)?.[1] ?? "";
}

describe("a supergraph with an interface that a half holds as an object", () => {
  test("says which halves only refer to a field, where each of them defines it", () => {
    const fields = machineWith(`
      type Machine @key(fields: "id") @interfaceObject {
        id: ID! maker: String @external weight: Int @external
        plate: String @requires(fields: "maker weight")
      }`);
    for (const name of ["maker: String", "weight: Int"])
      expect(fields).toContain(`${name} @join__field(graph: YARD) @join__field(graph: PLATES, external: true)\n`);
    expect(fields).toContain("id: ID!\n");
  });

  test("says nothing of a field that is nowhere referred to, and leaves what the composer said", () => {
    const fields = machineWith('type Machine @key(fields: "id") @interfaceObject { id: ID! plate: String }');
    expect(fields).toContain("maker: String @join__field(graph: YARD)\n");
    expect(fields).toContain("plate: String @join__field(graph: PLATES)\n");
    expect(fields).toContain("id: ID!\n");
  });
});
