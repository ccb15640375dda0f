import { readFileSync } from "node:fs";
import { type NoteSigner, readNoteSigner, readNoteVerifier } from "../../../schema/ledger/note.js";
import { keepSeen } from "../../witness/keep-seen.js";
import { listenWitness } from "../../witness/listen-witness.js";
import { openWitness } from "../../witness/open-witness.js";
import { closeWhenStopped } from "../close-when-stopped.js";
import { openLog } from "../log.js";
import { WrongCall } from "../wrong-call.js";

export interface WitnessCall {
  readonly key: string;
  readonly state: string;
  readonly log: readonly string[];
  readonly host: string;
  readonly port: string;
}

/** Runs a witness until SIGTERM or SIGINT; prints where it listens and the key by which its signatures are checked. Throws WrongCall. */
export async function witness({ key, state, log: logKeys, host, port }: WitnessCall): Promise<void> {
  if (!(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    throw new WrongCall(`--port is ${port}: expected a port from 0 to 65535; 0 takes a free one`);
  if (logKeys.length === 0) throw new WrongCall("--log: expected the public key of at least one log");
  const logs = logKeys.map((text) => orWrongCall("--log", () => readNoteVerifier(text)));
  const signer = orWrongCall("--key", (): NoteSigner => readNoteSigner(readFileSync(key, "utf8"), "COSIGNATURE"));
  const log = openLog("info", "witness");
  const answer = openWitness({ signer, logs, seen: keepSeen(state), clock: () => new Date() });
  const listening = await listenWitness(answer, {
    host,
    port: Number(port),
    failed: (fault) => log.error({ err: fault }, "a checkpoint was not answered"),
  });
  closeWhenStopped(listening.close, (fault) => log.error({ err: fault }, "not closed well"));
  process.stdout.write(`witness ${signer.verifier.text}\nRogatory's witness listens on ${listening.url}\n`);
}

function orWrongCall<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new WrongCall(`${option}: ${(error as Error).message}`);
  }
}
