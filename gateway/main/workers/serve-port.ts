import type { Logger } from "pino";
import { openClock } from "../clock.js";
import { openMetrics } from "../metrics.js";
import type { Served } from "../serve-gateway.js";
import type { GatewaySettings } from "../settings.js";
import { SettingsError } from "../settings.js";
import { forkWorker } from "./fork-worker.js";
import { FirstWorkerEnded, leadWorkers } from "./lead-workers.js";

/**
 * The primary: several gateways on one port, each a process of its own with a writer epoch of its own. It holds the port and hands on connections in turn, and nothing else of
 * it is a gateway. Ends this process as the first worker ended, where that one could not listen. Throws SettingsError.
 */
export async function servePort(settings: GatewaySettings, log: Logger): Promise<Served> {
  if (settings.port === 0)
    throw new SettingsError([
      "PORT: several workers need a port that stays, whoever of them ends; expected one from 1 to 65535, or one worker",
    ]);
  const clock = openClock(settings.now);
  const metrics = openMetrics();
  const workers = leadWorkers({
    count: settings.workers,
    // A clock that began with this process goes on in whoever starts later.
    fork: (answers) => forkWorker(answers, settings.now === null ? {} : { ROGATORY_NOW: clock().toISOString() }),
    own: () => ({ ...metrics.figures(), workers: 0 }),
    log,
  });
  process.on("exit", workers.kill);
  const url = await workers.listening.catch((fault: unknown) => {
    // It said itself what is wrong.
    if (fault instanceof FirstWorkerEnded && fault.end.code !== null) process.exit(fault.end.code || 1);
    throw fault;
  });
  return { url, reload: workers.reload, close: workers.close };
}
