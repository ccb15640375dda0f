import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

const root = path.resolve(import.meta.dirname, "../../..");
const cruiser = path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const config = path.join(root, "test/architecture/dependency-cruiser.cjs");
const rooms = ["schema", "gateway", "subgraphs", "test"];

interface Cruise {
  readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  readonly totalCruised: number;
}

function cruise(folder: string): Cruise {
  const args = [cruiser, "--config", config, "--output-type", "json", ...rooms];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
  return (JSON.parse(stdout) as { summary: Cruise }).summary;
}

test("the rooms keep to themselves, and the tool has really looked", () => {
  const { violations, totalCruised } = cruise(root);
  expect(violations).toEqual([]);
  expect(totalCruised).toBeGreaterThan(300);
});

describe("each rule of architecture fails on a planted violation", () => {
  let folder: string;
  let found: readonly (readonly [string, string])[];
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "rogatory-rooms-"));
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module", dependencies: { zod: "*" } }));
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { module: "NodeNext" } }));
    const plant = (file: string, ...imports: string[]): void => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(
        path.join(folder, file),
        `${imports.map((one) => `import "${one}";`).join("\n")}\nexport const x = 1;\n`,
      );
    };
    plant("schema/word.ts");
    plant("gateway/door/door.ts");
    plant("gateway/main/main.ts");
    plant("subgraphs/kit/kit.ts");
    plant("subgraphs/treaty/index.ts");
    plant("test/kit/harness.ts");
    plant("schema/knows-gateway.ts", "../gateway/door/door.js");
    plant("schema/law/reads-files.ts", "node:fs");
    plant("schema/law/takes-a-package.ts", "zod");
    plant("gateway/execute/knows-subgraph.ts", "../../subgraphs/treaty/index.js");
    plant("gateway/execute/knows-main.ts", "../main/main.js");
    plant("subgraphs/audit/knows-gateway.ts", "../../gateway/door/door.js");
    plant("subgraphs/audit/knows-treaty.ts", "../treaty/index.js");
    plant("subgraphs/kit/knows-treaty.ts", "../treaty/index.js");
    plant("gateway/door/imports-test.ts", "../../test/kit/harness.js");
    plant("gateway/door/one.ts", "./other.js");
    plant("gateway/door/other.ts", "./one.js");
    plant("gateway/door/lost.ts", "./nowhere.js");
    found = cruise(folder).violations.map((violation) => [violation.rule.name, violation.from]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ["schema-knows-no-room", "schema/knows-gateway.ts"],
    ["law-and-ledger-are-pure", "schema/law/reads-files.ts"],
    ["law-and-ledger-are-pure", "schema/law/takes-a-package.ts"],
    ["gateway-knows-no-subgraph", "gateway/execute/knows-subgraph.ts"],
    ["only-the-composition-root-knows-everyone", "gateway/execute/knows-main.ts"],
    ["subgraphs-know-no-gateway", "subgraphs/audit/knows-gateway.ts"],
    ["subgraphs-are-strangers", "subgraphs/audit/knows-treaty.ts"],
    ["kit-knows-no-subgraph", "subgraphs/kit/knows-treaty.ts"],
    ["nothing-imports-test", "gateway/door/imports-test.ts"],
    ["no-cycles", "gateway/door/one.ts"],
    ["not-to-unresolvable", "gateway/door/lost.ts"],
  ])("%s: %s", (rule, file) => {
    expect(found).toContainEqual([rule, file]);
  });
});
