/** `npm run rogatory -- …`: compiles what changed, then hands over to the command. Plain Node runs this file as it stands. */
const { build } = (await import(new URL("./build.ts", import.meta.url).href)) as typeof import("./build.js");
build({ database: false });
const { runCli } = (await import(
  new URL("../dist/gateway/main/cli.js", import.meta.url).href
)) as typeof import("./main/cli.js");
await runCli(process.argv.slice(2));
