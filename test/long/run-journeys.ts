/**
 * Every journey once more, the long way: no gateway keeps an operation that Apollo Server has read, so that every request is answered through it. In `npm test` most
 * requests take the short way, and both must give the same. On the databases of `npm test`; options go to jest.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { root } from "../kit/root.js";

const jest = path.join(root, "node_modules", "jest", "bin", "jest.js");
const { status } = spawnSync(
  process.execPath,
  [
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    jest,
    "dist/test/journeys/",
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, TEST_LONG_WAY: "1" } },
);
process.exitCode = status ?? 1;
