/**
 * The Merkle tree of RFC 6962, section 2.1, over SHA-256. A leaf hashes a byte 0 and the data, a node hashes a byte 1 and its two children,
 * so that no leaf can pass for a node. The left subtree holds the largest power of two of leaves that is less than their number. The root
 * of no leaves is the hash of no bytes.
 */
import { createHash } from "node:crypto";

/**
 * The root over the end hashes of runs, in the order of their cells. The data of a leaf are the 32 bytes of an end hash.
 *
 * @param hashes SHA-256 as 64 hexadecimal digits.
 * @returns 64 hexadecimal digits.
 */
export function merkleRoot(hashes: Iterable<string>): string {
  const tree = createMerkleTree();
  for (const hash of hashes) tree.add(Buffer.from(hash, "hex"));
  return tree.root().toString("hex");
}

/** Takes one leaf after another. It holds one hash per level of the tree. */
export type MerkleTree = { add(data: Uint8Array): void; root(): Buffer };

export function createMerkleTree(): MerkleTree {
  /** The roots of full subtrees from left to right, each with fewer leaves than the one before. */
  const full: { readonly hash: Buffer; readonly height: number }[] = [];
  return {
    add: (data) => {
      let subtree = { hash: hashOf(leaf, data), height: 0 };
      while (full.at(-1)?.height === subtree.height)
        subtree = { hash: hashOf(node, full.pop()!.hash, subtree.hash), height: subtree.height + 1 };
      full.push(subtree);
    },
    root: () => {
      if (full.length === 0) return hashOf();
      return full.map(({ hash }) => hash).reduceRight((right, left) => hashOf(node, left, right));
    },
  };
}

const leaf = Uint8Array.of(0);
const node = Uint8Array.of(1);

function hashOf(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
