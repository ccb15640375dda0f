import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { inclusionPath, leafHash, merkleRoot, nodeHash, verifyInclusion } from "../../schema/ledger/merkle.js";

/** The reference inputs of Certificate Transparency and their known answers. */
const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const leaves = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
  "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
  "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
  "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
  "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
  "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
  "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
];
const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  leaves[0],
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const hex = (hash: Uint8Array) => Buffer.from(hash).toString("hex");
const hashes = inputs.map((input) => leafHash(Buffer.from(input, "hex")));

/** RFC 6962, 2.1, word for word: the recursion at the largest power of two. */
function naiveRoot(list: readonly Uint8Array[]): Uint8Array {
  if (list.length <= 1) return list[0] ?? merkleRoot([]);
  const split = 2 ** Math.ceil(Math.log2(list.length) - 1);
  return nodeHash(naiveRoot(list.slice(0, split)), naiveRoot(list.slice(split)));
}

describe("the Merkle tree of RFC 6962", () => {
  test("hashes the eight reference leaves to their known answers", () => {
    expect(hashes.map(hex)).toEqual(leaves);
  });

  test.each(roots.map((root, size) => [size, root] as const))("has the known root at size %i", (size, root) => {
    expect(hex(merkleRoot(hashes.slice(0, size)))).toBe(root);
  });

  test("has the known inclusion paths", () => {
    const node67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    const node23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    expect(inclusionPath(hashes, 5).map(hex)).toEqual([leaves[4], node67, roots[4]]);
    expect(inclusionPath(hashes.slice(0, 5), 1).map(hex)).toEqual([leaves[0], node23, leaves[4]]);
  });

  test("agrees with the recursion of the RFC, and proves every leaf, at every size up to 300", () => {
    const many = Array.from({ length: 300 }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)));
    for (let size = 1; size <= 300; size++) {
      const list = many.slice(0, size);
      const root = merkleRoot(list);
      expect(hex(root)).toBe(hex(naiveRoot(list)));
      for (const index of new Set([0, 1, size >> 1, size - 2, size - 1].filter((place) => place >= 0 && place < size)))
        expect(verifyInclusion(list[index] as Buffer, index, size, inclusionPath(list, index), root)).toBe(true);
    }
  });

  test("refuses a path with any one bit changed, a hash too many, a hash too few, and every other place", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(7), fc.nat(255), (size, place, bit) => {
        const index = place % size;
        const list = hashes.slice(0, size);
        const root = merkleRoot(list);
        const path = inclusionPath(list, index);
        const leaf = list[index] as Buffer;
        const flip = (hash: Uint8Array) =>
          Buffer.from(hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
        for (const [at, hash] of path.entries()) {
          expect(verifyInclusion(leaf, index, size, path.with(at, flip(hash) as never), root)).toBe(false);
          expect(verifyInclusion(leaf, index, size, path.toSpliced(at, 1), root)).toBe(false);
        }
        expect(verifyInclusion(flip(leaf), index, size, path, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, path, flip(root))).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...path, leaf], root)).toBe(false);
        for (let other = 0; other < size; other++)
          expect(verifyInclusion(leaf, other, size, path, root)).toBe(other === index);
      }),
    );
  });

  test.each([
    [0, 0],
    [1, 1],
    [-1, 1],
    [0.5, 1],
    [0, Number.NaN],
  ])("refuses index %d in a tree of %d", (index, size) => {
    expect(verifyInclusion(hashes[0] as Buffer, index, size, [], hashes[0] as Buffer)).toBe(false);
  });

  test("has no path for a leaf that is not in the tree", () => {
    expect(() => inclusionPath(hashes, 8)).toThrow("leaf 8 is not in a tree of 8");
  });
});
