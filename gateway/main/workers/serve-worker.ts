import cluster from "node:cluster";
import type { Logger } from "pino";
import { closeWhenStopped } from "../close-when-stopped.js";
import { limits } from "../limits.js";
import { type ServedGateway, serveGateway } from "../serve-gateway.js";
import type { GatewaySettings } from "../settings.js";
import type { SharedPort } from "../shared-port.js";
import type { PrimaryAnswers, WorkerAnswers } from "./answers.js";
import { openLine } from "./line.js";

/** Milliseconds for what the primary knows by itself, and for what it asks of the workers. */
const askedMs = { itself: 5_000, figures: 2_000, missing: limits.fetchMs + 2_000 };

/**
 * A worker: a gateway that shares its port, does what the primary tells it, and ends with it. It takes any signal, however often it comes, as one word to finish what
 * runs: signals reach the whole group of processes, the primary among them. Throws as `serveGateway`.
 */
export async function serveWorker(settings: GatewaySettings, log: Logger): Promise<void> {
  const serving = Promise.withResolvers<ServedGateway>();
  let leaving = false;
  const stop = closeWhenStopped(
    async () => {
      leaving = true;
      await (await serving.promise).close();
    },
    (fault) => log.error({ err: fault }, "not closed well"),
    { again: "IGNORED" },
  );
  const answers: WorkerAnswers = {
    figures: async () => (await serving.promise).figures(),
    // One that takes no connections any more keeps nobody from being ready.
    missing: async () => (leaving ? [] : (await serving.promise).ready()),
    async reload() {
      await line.ask("serves", await (await serving.promise).reload(), askedMs.itself);
    },
    watch: async () => (await serving.promise).watch(),
    stop,
  };
  const line = openLine<PrimaryAnswers>((message) => process.send?.(message, () => undefined), answers);
  process.on("message", line.take);
  process.on("SIGHUP", () => {
    answers.reload(null).catch(() => undefined);
  });
  cluster.worker?.once("disconnect", () => {
    line.cut();
    // Node would end this process on the spot.
    if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
    log.warn("the primary has gone: what runs is finished");
    stop();
  });
  await line.ask("here", null, askedMs.itself);
  serving.resolve(await serveGateway(settings, log, sharedPort(line.ask)));
  await line.ask("listening", (await serving.promise).url, askedMs.itself);
}

function sharedPort(ask: ReturnType<typeof openLine<PrimaryAnswers>>["ask"]): SharedPort {
  return {
    admits: (digest) => ask("admits", digest, askedMs.itself),
    figures: () => ask("figures", null, askedMs.figures),
    ready: () => ask("missing", null, askedMs.missing).catch(() => ["the primary"]),
    places: {
      take: (who) => ask("takePlace", who, askedMs.itself),
      leave(who) {
        ask("leavePlace", who, askedMs.itself).catch(() => undefined);
      },
    },
  };
}
