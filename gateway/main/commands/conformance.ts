import { join } from "node:path";
import { readSigningKeys } from "../../authenticate/read-signing-keys.js";
import { generateSigningKey, type SigningKey, SigningKeyError } from "../../authenticate/signing-key.js";
import type { Finding } from "../../probe/finding.js";
import { probeSubgraph } from "../../probe/probe-subgraph.js";
import { openSubgraphUnderProbe, SubgraphSilent } from "../../probe/subgraph-under-probe.js";
import { openClock } from "../clock.js";
import { printFault, printLine } from "../print-line.js";
import type { Settings } from "../settings.js";
import { WrongCall } from "../wrong-call.js";

export interface ConformanceOptions {
  readonly service: string;
  readonly key?: string;
  readonly id: readonly string[];
  readonly platform?: string;
}

/**
 * Proves that no identity field of the subgraph at this address leaves without a grant: prints one line for each check, never a value, and ends with 1 where one
 * failed or nothing could be proven. Throws WrongCall.
 */
export async function conformance(url: string, options: ConformanceOptions, settings: Settings): Promise<void> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new WrongCall(
      `${url} is no address: expected that of a GraphQL endpoint, such as http://127.0.0.1:4001/graphql`,
    );
  const ids = readIds(options.id);
  const trusted = await readKey(options.key ?? settings.gatewayKeyPlace ?? join(settings.home, "gateway-key.json"));
  const keys = { trusted, foreign: await generateSigningKey() };
  const probed = openSubgraphUnderProbe(url, options.service, keys, openClock(settings.now));
  const findings: Finding[] = [];
  try {
    for await (const finding of probeSubgraph(probed, { ids, platform: options.platform ?? null })) {
      findings.push(finding);
      print(finding);
    }
  } catch (error) {
    if (!(error instanceof SubgraphSilent)) throw error;
    printFault(`FAILED ${error.message}`);
    process.exitCode = 1;
    return;
  }
  const failed = findings.filter(({ outcome }) => outcome === "FAILED").length;
  if (findings.length === 0)
    printFault(`FAILED ${options.service} marks no field with @identity: there is nothing to prove`);
  const passed = findings.filter(({ outcome }) => outcome === "PASSED").length;
  const counts = `${passed} passed, ${failed} failed, ${findings.length - passed - failed} not tried`;
  printLine(`${[...new Set(findings.flatMap(({ fields }) => fields))].join(", ")}: ${counts}`);
  if (failed > 0 || findings.length === 0) process.exitCode = 1;
}

function print({ outcome, check, type, sentence, problems }: Finding): void {
  if (outcome === "FAILED") printFault(`FAILED ${check} (${type}): ${sentence}. But: ${problems.join("; ")}`);
  else printLine(`${outcome === "PASSED" ? "ok    " : "not tried"} ${check} (${type}): ${sentence}`);
}

function readIds(given: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const text of given) {
    const [, type, id] = /^([A-Za-z_]\w*)=(.+)$/.exec(text) ?? [];
    if (type === undefined || id === undefined)
      throw new WrongCall(`--id is ${text}: expected Type=id, such as User=u01`);
    ids.set(type, [...(ids.get(type) ?? []), id]);
  }
  return ids;
}

/** The key that signs now where there are several: the last by name. */
async function readKey(place: string): Promise<SigningKey> {
  const found = await readSigningKeys(place).catch((error: unknown) => {
    if (error instanceof SigningKeyError)
      throw new WrongCall(`${error.message}. Name the private key of a gateway that the subgraph trusts, with --key`);
    throw error;
  });
  const last = found.at(-1);
  if (last === undefined) throw new WrongCall(`${place} holds no key`);
  return last.key;
}
