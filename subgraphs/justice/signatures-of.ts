import type { SubgraphContext } from "../kit/subgraph.js";
import { AuthorityKey } from "./entities/authority-key.js";
import type { Warrant } from "./entities/warrant.js";
import type { DoorWarrant } from "./types/door-warrant.js";

/** The signatures on a warrant with the keys of the register, for the door to verify again; and whether one is missing. */
export async function signaturesOf(
  { em }: SubgraphContext,
  warrant: Warrant,
): Promise<Pick<DoorWarrant, "signatures" | "unsigned">> {
  const { authorityId, validatingAuthorityId, issuedAt } = warrant;
  const signers = [
    { authorityId, jws: warrant.signature, keyId: warrant.signingKeyId },
    ...(validatingAuthorityId === null
      ? []
      : [{ authorityId: validatingAuthorityId, jws: warrant.validationSignature, keyId: warrant.validationKeyId }]),
  ];
  const keys = await em.find(AuthorityKey, { authorityId: { $in: signers.map((signer) => signer.authorityId) } });
  const found = signers.map(({ jws, keyId, authorityId: signer }) => {
    const own = keys.filter((key) => key.authorityId === signer);
    const key = own.find((one) => one.keyId === keyId);
    // A key registered since then asks nothing of what was ordered before.
    const due = issuedAt !== null && own.some(({ registeredAt }) => registeredAt < issuedAt);
    return { jws, key, missing: jws === null ? due : key === undefined };
  });
  return {
    signatures: found.flatMap(({ jws, key }) =>
      jws === null || key === undefined ? [] : [{ jws, jwk: key.jwk, keyRevokedAt: key.revokedAt }],
    ),
    unsigned: found.some(({ missing }) => missing),
  };
}
