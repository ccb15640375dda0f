import process from "node:process";

/** How far a long run is, on one line of a terminal; where there is none, a line every tenth. Goes to stderr: what is printed at the end is the result. */
export function progress(
  what: string,
  total: number,
): {
  at(done: number): void;
  /** A result that need not wait for the end: a line of its own, on stdout. */
  say(line: string): void;
  end(): void;
} {
  const began = performance.now();
  let [shownAt, tenth] = [0, 0];
  return {
    at(done) {
      const now = performance.now();
      const words = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${what}, ${left(done, now)}`;
      if (process.stderr.isTTY) {
        if (now - shownAt < 200) return;
        shownAt = now;
        process.stderr.write(`\r\x1b[K${words}`);
      } else if (Math.floor((done * 10) / total) > tenth) {
        tenth = Math.floor((done * 10) / total);
        process.stderr.write(`${words}\n`);
      }
    },
    say(line) {
      if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
      process.stdout.write(`${line}\n`);
    },
    end() {
      if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    },
  };

  function left(done: number, now: number): string {
    const seconds = Math.round((((now - began) / Math.max(done, 1)) * (total - done)) / 1000);
    return `about ${seconds} s left`;
  }
}
