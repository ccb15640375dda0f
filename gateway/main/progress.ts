/** How far long work has come: on a terminal, on one line that is written anew ten times a second at most; nothing in a pipe. */
export function openProgress(what: string): (done: number, all: number) => void {
  let told = 0;
  return (done, all) => {
    const now = Date.now();
    if (!process.stderr.isTTY || (done < all && now - told < 100)) return;
    told = now;
    const width = 30;
    const filled = all === 0 ? width : Math.floor((done / all) * width);
    const bar = `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
    process.stderr.write(
      `\r${bar} ${done.toLocaleString("en")} of ${all.toLocaleString("en")} ${what}${done >= all ? "\n" : ""}`,
    );
  };
}
