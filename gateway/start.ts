/** `npm start`: builds what is missing, then runs everything in one process. Plain Node runs this file as it stands. */
const { build } = (await import(new URL("./build.ts", import.meta.url).href)) as typeof import("./build.js");
build({ database: true });
const { runCli } = (await import(
  new URL("../dist/gateway/main/cli.js", import.meta.url).href
)) as typeof import("./main/cli.js");
await runCli(["start", ...process.argv.slice(2)]);
